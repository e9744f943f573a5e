/** An answer before it is serialised. Header names are in lower case. */
export interface Reply {
  readonly status: number;
  /** By name in lower case. A number is a header whose schema is one. */
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** JSON; absent for an answer without a body. */
  readonly body?: unknown;
}
