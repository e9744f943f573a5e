import type { Filter } from "mongodb";
import type { Reply } from "../../generated/audit/types.ts";
import { nextLink, pageRequest } from "../../runtime/paging.ts";
import type { AuditHandlers } from "./context.ts";
import type { StoredRecord } from "./record-store.ts";

type Query = Parameters<AuditHandlers["listAuditRecords"]>[0]["query"];

/** Queries the register, newest first, a page at a time. @throws {Problem} `cursor-invalid` */
export const listAuditRecords: AuditHandlers["listAuditRecords"] = async (
  { query },
  { records, cursorKey },
): Promise<Reply<"listAuditRecords">> => {
  const { limit: _limit, cursor: _cursor, ...criteria } = query;
  const cursor = { key: cursorKey, list: "audit-records", criteria };
  const request = pageRequest(query, cursor);
  const { items, more } = await records.page(filterOf(query), request);
  const lastId = more ? items.at(-1)?.id : undefined;
  const link = nextLink({ path: "/audit/records", query: criteria, lastId }, request, cursor);
  return { status: 200, headers: link === undefined ? {} : { link }, body: [...items] };
};

/** The records that match every parameter. A patient's are also those that disclosed the patient among others. */
function filterOf(query: Query): Filter<StoredRecord> {
  const { patientId, resourceId, accessId, traceId, operationId, actor, outcome, phase, from, to } = query;
  const filters: Filter<StoredRecord>[] = [];
  const equal = (field: string, value: unknown) => {
    if (value !== undefined) filters.push({ [field]: value });
  };
  if (patientId !== undefined) {
    const id = patientId.toLowerCase();
    filters.push({ $or: [{ patientId: id }, { "outcome.resources.id": id }] });
  }
  equal("resource.id", resourceId?.toLowerCase());
  equal("accessId", accessId?.toLowerCase());
  equal("traceId", traceId);
  equal("operationId", operationId);
  equal("actor.subscription", actor);
  equal("outcome.code", outcome);
  equal("phase", phase);
  if (from !== undefined) filters.push({ createdDate: { $gte: new Date(from).toISOString() } });
  if (to !== undefined) filters.push({ createdDate: { $lt: new Date(to).toISOString() } });
  return filters.length > 0 ? { $and: filters } : {};
}
