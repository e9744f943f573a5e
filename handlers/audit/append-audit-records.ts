import type { Reply } from "../../generated/audit/types.ts";
import type { AuditHandlers } from "./context.ts";

/** Stores a batch of records; those that are stored already are left as they are. */
export const appendAuditRecords: AuditHandlers["appendAuditRecords"] = async (
  { body },
  { records },
): Promise<Reply<"appendAuditRecords">> => {
  const stored = await records.append(body.records);
  return { status: 200, body: { stored, duplicates: body.records.length - stored } };
};
