import type { AuditRecord } from "../../runtime/audit/audit-record.ts";
import type { AuditRecord as ContractRecord } from "./ledger/record-subjects.ts";

/**
 * A record as the register keeps it: UUIDs in lower case, its moment in UTC with milliseconds, as the contract says that the
 * server answers them. A query then finds it whichever way its sender wrote them.
 */
export function canonicalRecord<Given extends ContractRecord | AuditRecord>(record: Given): Given {
  const { accessId, requestId, patientId, createdDate, resource, outcome } = record;
  return {
    ...record,
    createdDate: new Date(createdDate).toISOString(),
    resource: withLowerCaseId(resource),
    ...(accessId !== undefined && { accessId: accessId.toLowerCase() }),
    ...(requestId !== undefined && { requestId: requestId.toLowerCase() }),
    ...(patientId !== undefined && { patientId: patientId.toLowerCase() }),
    ...(outcome?.resources && {
      outcome: { ...outcome, resources: outcome.resources.map((one) => withLowerCaseId(one)) },
    }),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id of another form is another system's, which may tell cases apart. */
function withLowerCaseId<Resource extends { readonly id?: string }>(resource: Resource): Resource {
  const { id } = resource;
  return id !== undefined && UUID.test(id) ? { ...resource, id: id.toLowerCase() } : resource;
}
