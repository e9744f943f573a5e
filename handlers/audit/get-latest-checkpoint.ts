import type { Reply } from "../../generated/audit/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import { asContract } from "./as-contract.ts";
import type { AuditHandlers } from "./context.ts";

/** Reads the latest checkpoint. @throws {Problem} `checkpoint-not-found` */
export const getLatestCheckpoint: AuditHandlers["getLatestCheckpoint"] = async (
  _request,
  { ledger },
): Promise<Reply<"getLatestCheckpoint">> => {
  const checkpoint = await ledger.checkpoint();
  if (!checkpoint) throw problem("checkpoint-not-found");
  return { status: 200, body: asContract(checkpoint) };
};
