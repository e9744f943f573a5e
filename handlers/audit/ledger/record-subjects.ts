import type { components } from "../../../generated/audit/types.ts";
import type { AuditRecord as OwnRecord } from "../../../runtime/audit/audit-record.ts";

/** A record of the contract. */
export type AuditRecord = components["schemas"]["AuditRecord"];

/** A record as apps bring it: the runtime's own form is one of the contract's. */
export type IncomingRecord = AuditRecord | OwnRecord;

/** What the register records about itself names records, not people. */
const REGISTER = "auditRecord";

/** The record with every id of a person, or of what is a person's, replaced. */
export function replaceSubjects(record: AuditRecord, replace: (id: string) => string): AuditRecord {
  const { patientId, resource, outcome } = record;
  const replaceIn = <Resource extends { readonly type: string; readonly id?: string }>(one: Resource) =>
    one.id === undefined || one.type === REGISTER ? one : { ...one, id: replace(one.id) };
  return {
    ...record,
    resource: replaceIn(resource),
    ...(patientId !== undefined && { patientId: replace(patientId) }),
    ...(outcome?.resources && { outcome: { ...outcome, resources: outcome.resources.map(replaceIn) } }),
  };
}

/** The ids that `replaceSubjects` replaces. */
export function subjectsOf(record: AuditRecord): string[] {
  const ids: string[] = [];
  replaceSubjects(record, (id) => {
    ids.push(id);
    return id;
  });
  return ids;
}
