import type { Reply } from "../../generated/audit/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { AuditHandlers } from "./context.ts";

/** Reads one record of the register. @throws {Problem} `audit-record-not-found` */
export const getAuditRecord: AuditHandlers["getAuditRecord"] = async (
  { path },
  { ledger },
): Promise<Reply<"getAuditRecord">> => {
  const record = await ledger.find(path.recordId);
  if (!record) throw problem("audit-record-not-found");
  return { status: 200, body: record };
};
