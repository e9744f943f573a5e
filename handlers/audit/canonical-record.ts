import type { AuditRecord } from "../../runtime/audit/audit-record.ts";
import type { Record } from "./record-store.ts";

/**
 * A record as the register keeps it: UUIDs in lower case, its moment in UTC with milliseconds, as the contract says that the
 * server answers them. A query then finds it whichever way its sender wrote them.
 */
export function canonicalRecord<Given extends Record | AuditRecord>(record: Given): Given {
  const { accessId, requestId, patientId, createdDate } = record;
  return {
    ...record,
    createdDate: new Date(createdDate).toISOString(),
    ...(accessId !== undefined && { accessId: accessId.toLowerCase() }),
    ...(requestId !== undefined && { requestId: requestId.toLowerCase() }),
    ...(patientId !== undefined && { patientId: patientId.toLowerCase() }),
  };
}
