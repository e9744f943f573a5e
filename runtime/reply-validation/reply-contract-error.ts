import type { ReplyFault } from "./reply-fault.ts";

/** An answer that breaks the contract: a fault of ours. Its message names the rule, never a value. */
export class ReplyContractError extends Error {
  override readonly name = "ReplyContractError";
  readonly fault: ReplyFault;

  constructor(fault: ReplyFault) {
    const { operationId, status, rule, pointer } = fault;
    super(`${operationId} answered ${status} against its contract: ${rule} at ${pointer}`);
    this.fault = fault;
  }
}
