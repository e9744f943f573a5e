import type { Reply } from "../../generated/audit/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import { asContract } from "./as-contract.ts";
import type { AuditHandlers } from "./context.ts";

/** Proves a record. @throws {Problem} `audit-record-not-found`, `proof-pending` */
export const getAuditRecordProof: AuditHandlers["getAuditRecordProof"] = async (
  { path },
  { ledger },
): Promise<Reply<"getAuditRecordProof">> => {
  const proof = await ledger.prove(path.recordId);
  if (proof === "unknown") throw problem("audit-record-not-found");
  if (proof === "pending") throw problem("proof-pending", { retryAfter: 5 });
  return { status: 200, body: asContract(proof) };
};
