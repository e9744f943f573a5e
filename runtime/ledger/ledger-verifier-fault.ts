/** The first thing that is wrong with a ledger. */
export interface LedgerFault {
  /** What kind of thing it is; a verifier's users may count on these words. */
  readonly kind: "form" | "chain" | "content" | "truncated" | "checkpoint" | "key" | "history";
  /** The stream and the sequence of the first batch that does not fit, where it is a batch that does not fit. */
  readonly stream?: string;
  readonly seq?: number;
  /**
   * The first batch of the stream that no saved checkpoint vouches for. Who recomputes hashes can make the batches from here
   * to `seq` anew so that they fit each other: the first that was changed is none before this one, and none after `seq`.
   */
  readonly since?: number;
  /** What was expected, and what is there. */
  readonly message: string;
}

/** Thrown at the first thing that is wrong. */
export class LedgerFaultError extends Error {
  override readonly name = "LedgerFaultError";
  readonly fault: LedgerFault;

  constructor(fault: LedgerFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** @throws {LedgerFaultError} always */
export function fail(fault: LedgerFault): never {
  throw new LedgerFaultError(fault);
}
