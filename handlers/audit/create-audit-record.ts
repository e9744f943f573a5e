import type { Reply } from "../../generated/audit/types.ts";
import { canonicalRecord } from "./canonical-record.ts";
import type { AuditHandlers } from "./context.ts";

/** Appends one closed record, for clients of the reference. */
export const createAuditRecord: AuditHandlers["createAuditRecord"] = async (
  { body },
  { ledger, newId, now },
): Promise<Reply<"createAuditRecord">> => {
  const created = { id: `${newId}:closed`, phase: "closed" as const, createdDate: now.toISOString() };
  const record = canonicalRecord({ ...created, ...body });
  await ledger.append([record]);
  return { status: 201, body: record };
};
