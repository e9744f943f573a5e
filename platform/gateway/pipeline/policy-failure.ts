/** What {@link PolicyFailure} is made of. */
export interface FailureDetails {
  /** Name of the policy or stage: `LastError.Source`. */
  readonly source: string;
  /** Machine-readable code: `LastError.Reason`. */
  readonly reason: string;
  /** Human-readable: `LastError.Message`. */
  readonly message: string;
  /** Status of the default answer; 500 when absent. */
  readonly status?: number;
  /** `message` of the default body; absent for the body of an internal error. */
  readonly publicMessage?: string;
  /** Headers of the default answer beside `Content-Type`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** True when the response at hand stays the answer instead of a default one. */
  readonly keepsResponse?: boolean;
  readonly cause?: unknown;
}

/**
 * Ends the section that raises it and starts `on-error` with this as `context.LastError`.
 *
 * Source: Microsoft Learn, "Error handling in Azure API Management policies".
 */
export class PolicyFailure extends Error {
  override readonly name = "PolicyFailure";
  readonly source: string;
  readonly reason: string;
  readonly status: number;
  readonly publicMessage: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly keepsResponse: boolean;

  constructor(details: FailureDetails) {
    super(details.message, { cause: details.cause });
    this.source = details.source;
    this.reason = details.reason;
    this.status = details.status ?? 500;
    this.publicMessage = details.publicMessage ?? null;
    this.headers = details.headers ?? [];
    this.keepsResponse = details.keepsResponse ?? false;
  }
}
