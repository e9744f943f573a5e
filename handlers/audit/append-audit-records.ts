import type { Reply } from "../../generated/audit/types.ts";
import { canonicalRecord } from "./canonical-record.ts";
import type { AuditHandlers } from "./context.ts";

/** Stores a batch of records; those that are stored already are left as they are. */
export const appendAuditRecords: AuditHandlers["appendAuditRecords"] = async (
  { body },
  { ledger },
): Promise<Reply<"appendAuditRecords">> => {
  const { stored, duplicates, conflicts } = await ledger.append(body.records.map(canonicalRecord));
  return { status: 200, body: { stored, duplicates, conflicts: [...conflicts] } };
};
