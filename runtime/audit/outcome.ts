import type { AuditDefinition } from "../operation.ts";
import type { Reply } from "../reply.ts";
import type { Outcome, ResourceVersion } from "./audit-record.ts";

/** What a reply discloses or confirms, told by ids and versions alone. `error` is the code of the problem answered. */
export function outcomeOf(audit: AuditDefinition, reply: Reply, error?: string): Outcome {
  const base = { code: outcomeCode(reply.status), status: reply.status };
  if (error !== undefined) return { ...base, error };
  const resources = resourcesIn(audit.resource, reply);
  return resources.length > 0 ? { ...base, resources } : base;
}

function outcomeCode(status: number): Outcome["code"] {
  if (status < 400) return 0;
  return status < 500 ? 4 : 8;
}

function resourcesIn(type: string, { body, headers }: Reply): ResourceVersion[] {
  if (Array.isArray(body)) {
    return body.flatMap((one: unknown) => (hasId(one) ? [{ type, id: one.id }] : []));
  }
  if (!hasId(body)) return [];
  const version = Number(headers?.etag?.slice(1, -1));
  return [{ type, id: body.id, ...(Number.isSafeInteger(version) && { version }) }];
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}
