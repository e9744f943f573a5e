import type { AuditDefinition } from "../operation.ts";
import type { Reply } from "../reply.ts";
import { hasContent } from "../serialise.ts";
import type { Outcome, ResourceVersion } from "./audit-record.ts";

/** An answer whose resources no record can name. It must not leave: what it discloses could not be told. */
export class UnrecordableReplyError extends Error {
  override readonly name = "UnrecordableReplyError";
}

/**
 * What a reply discloses or confirms, told by ids and versions alone. `error` is the code of the problem answered.
 * @throws {UnrecordableReplyError} for an id that is none (it could be a person's data), and for more than a record holds
 */
export function outcomeOf(audit: AuditDefinition, reply: Reply, error?: string): Outcome {
  const base = { code: outcomeCode(reply.status), status: reply.status };
  if (error !== undefined) return { ...base, error };
  const resources = hasContent(reply) ? resourcesIn(audit.resource, reply) : [];
  return resources.length > 0 ? { ...base, resources } : base;
}

function outcomeCode(status: number): Outcome["code"] {
  if (status < 400) return 0;
  return status < 500 ? 4 : 8;
}

/** `maxItems` of `Outcome.resources` in `openapi/audit.yaml`. */
const MAX_RESOURCES = 1_001;

/** The ids that this platform gives (RFC 9562), and those of audit records, which have a phase. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::[a-z]{1,16})?$/;

function resourcesIn(type: string, { body, headers }: Reply): ResourceVersion[] {
  const items: unknown[] = Array.isArray(body) ? body : [body];
  const resources = items.flatMap((one) => (hasId(one) ? [{ type, id: one.id }] : []));
  if (resources.length > MAX_RESOURCES)
    throw new UnrecordableReplyError("more resources than a record holds");
  if (!resources.every(({ id }) => ID.test(id))) throw new UnrecordableReplyError("a resource's id is none");
  const [only] = resources;
  const version = Array.isArray(body) ? undefined : versionIn(headers?.etag);
  return only && version !== undefined ? [{ ...only, version }] : resources;
}

/** Versions are counted from 1. */
function versionIn(etag: string | number | undefined): number | undefined {
  const version = Number(String(etag).slice(1, -1));
  return Number.isSafeInteger(version) && version > 0 ? version : undefined;
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}
