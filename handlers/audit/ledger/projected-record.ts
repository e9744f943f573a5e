import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import type { PlacedEntry } from "./find-stored.ts";
import { replaceSubjects, type AuditRecord } from "./record-subjects.ts";
import { referenceOf } from "./seal-id.ts";

/**
 * The records as queries want them: made from the ledger, and can be made again. Record ids are ordered by time, so each
 * index serves its query newest first.
 */
export const recordCollection = {
  name: "records",
  shardKey: "_id",
  indexes: [
    { name: "patient-key", key: { "keys.patient": 1, _id: 1 } },
    { name: "disclosed-key", key: { "keys.disclosed": 1, _id: 1 } },
    { name: "resource-key", key: { "keys.resource": 1, _id: 1 } },
    { name: "actor", key: { "actor.subscription": 1, _id: 1 } },
    { name: "operation", key: { operationId: 1, _id: 1 } },
    { name: "trace", key: { traceId: 1, _id: 1 } },
    { name: "created", key: { createdDate: 1, _id: 1 } },
  ],
} as const satisfies CollectionDeclaration;

/** A record as it is stored for queries. Its ids of people are those of the ledger: sealed. */
export type ProjectedRecord = Omit<AuditRecord, "id"> & {
  readonly _id: string;
  readonly _schema: number;
  /** The subjects that the record names. */
  readonly keys: {
    readonly patient?: string;
    readonly resource?: string;
    readonly disclosed?: readonly string[];
  };
  /** Where it is in the ledger. */
  readonly at: {
    readonly stream: string;
    readonly epoch: string;
    readonly seq: number;
    readonly index: number;
  };
};

const SCHEMA = 2;

/** @throws {SyntaxError} for an entry that is no record */
export function projectedRecord({ text, stream, epoch, seq, index }: PlacedEntry): ProjectedRecord {
  const { id, ...record } = parseRecord(text);
  return {
    _id: id,
    ...record,
    keys: keysOf({ id, ...record }),
    at: { stream, epoch, seq, index },
    _schema: SCHEMA,
  };
}

/** The record of the ledger, its ids sealed. */
export function sealedRecord({
  _id,
  _schema: _form,
  keys: _keys,
  at: _at,
  ...record
}: ProjectedRecord): AuditRecord {
  return { id: _id, ...record };
}

/** Reads an entry of the ledger. @throws {SyntaxError} when it is no record */
export function parseRecord(text: string): AuditRecord {
  const value: unknown = JSON.parse(text);
  if (isRecord(value)) return value;
  throw new SyntaxError("an entry of the ledger is no record");
}

function keysOf(record: AuditRecord): ProjectedRecord["keys"] {
  const { patientId, resource, outcome } = withReferences(record);
  const disclosed = [...new Set(outcome?.resources?.map(({ id }) => id).filter((id) => id !== ""))];
  return {
    ...(patientId && { patient: patientId }),
    ...(resource.id && { resource: resource.id }),
    ...(disclosed.length > 0 && { disclosed }),
  };
}

/** What the register records about itself keeps its ids, which are no subjects: those are left out here. */
function withReferences(record: AuditRecord): AuditRecord {
  const referenced = replaceSubjects(record, (id) => referenceOf(id) ?? "");
  const { resource, outcome } = record;
  const isOwn = resource.type === "auditRecord";
  return {
    ...referenced,
    resource: isOwn ? { type: resource.type, operation: resource.operation } : referenced.resource,
    ...(isOwn && outcome && { outcome: { code: outcome.code } }),
  };
}

/** What came in was a record of the contract; what else it says is held against the contract again when it leaves. */
function isRecord(value: unknown): value is AuditRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "phase" in value &&
    "createdDate" in value &&
    typeof value.createdDate === "string" &&
    "resource" in value &&
    typeof value.resource === "object" &&
    value.resource !== null
  );
}
