/** An answer before it is serialised. Header names are in lower case. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** JSON; absent for an answer without a body. */
  readonly body?: unknown;
}
