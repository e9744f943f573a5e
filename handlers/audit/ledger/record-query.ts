import { BSON } from "mongodb";
import type { Collection, Filter } from "mongodb";
import type { Page, PageRequest } from "../../../runtime/paging.ts";
import type { ProjectedRecord } from "./projected-record.ts";

/** What records are asked for; a record must meet all of it. Ids are plain and in any case. */
export interface RecordCriteria {
  /** Records about this patient, and those that disclosed the patient among others. */
  readonly patientId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly accessId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly operationId?: string | undefined;
  /** The subscription. */
  readonly actor?: string | undefined;
  readonly outcome?: 0 | 4 | 8 | 12 | undefined;
  readonly phase?: ProjectedRecord["phase"] | undefined;
  /** Created at or after. */
  readonly from?: Date | undefined;
  /** Created before. */
  readonly to?: Date | undefined;
}

/** @param referenceOf tells what the ledger calls the subject of an id */
export async function recordFilter(
  criteria: RecordCriteria,
  referenceOf: (id: string) => Promise<string>,
): Promise<Filter<ProjectedRecord>> {
  const { patientId, resourceId, accessId, from, to } = criteria;
  const filters: Filter<ProjectedRecord>[] = [];
  if (patientId !== undefined) {
    const reference = await referenceOf(patientId);
    filters.push({ $or: [{ "keys.patient": reference }, { "keys.disclosed": reference }] });
  }
  if (resourceId !== undefined) filters.push({ "keys.resource": await referenceOf(resourceId) });
  if (accessId !== undefined) filters.push({ _id: { $in: recordsOfAccess(accessId) } });
  const equal = {
    ...{ traceId: criteria.traceId, operationId: criteria.operationId, phase: criteria.phase },
    ...{ "actor.subscription": criteria.actor, "outcome.code": criteria.outcome },
  };
  for (const [field, value] of Object.entries(equal))
    if (value !== undefined) filters.push({ [field]: value });
  if (from) filters.push({ createdDate: { $gte: from.toISOString() } });
  if (to) filters.push({ createdDate: { $lt: to.toISOString() } });
  return filters.length > 0 ? { $and: filters } : {};
}

/** A page ends early when it grows large: a record may name a thousand resources. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Newest first. */
export async function readPage(
  records: Collection<ProjectedRecord>,
  filter: Filter<ProjectedRecord>,
  { after, limit }: PageRequest,
): Promise<Page<ProjectedRecord>> {
  const from = after === undefined ? filter : { $and: [filter, { _id: { $lt: after } }] };
  const items: ProjectedRecord[] = [];
  let bytes = 0;
  const found = records
    .find<ProjectedRecord>(from)
    .sort({ _id: -1 })
    .limit(limit + 1);
  for await (const item of found) {
    bytes += BSON.calculateObjectSize(item);
    if (items.length === limit || (items.length > 0 && bytes > MAX_PAGE_BYTES)) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}

function recordsOfAccess(accessId: string): string[] {
  return ["intent", "outcome", "closed"].map((phase) => `${accessId.toLowerCase()}:${phase}`);
}
