import type { Reply } from "../../generated/audit/types.ts";
import type { AuditHandlers } from "./context.ts";

/** Appends one closed record, for clients of the reference. */
export const createAuditRecord: AuditHandlers["createAuditRecord"] = async (
  { body },
  { records, newId, now },
): Promise<Reply<"createAuditRecord">> => {
  const record = { id: `${newId}:closed`, phase: "closed" as const, createdDate: now.toISOString(), ...body };
  await records.append([record]);
  return { status: 201, body: record };
};
