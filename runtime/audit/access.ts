import type { AuditDefinition, OperationDefinition } from "../operation.ts";
import type { Reply } from "../reply.ts";
import type { RequestParameters } from "../request/parse-parameters.ts";
import type { Actor, AuditRecord, Outcome, SearchTerm } from "./audit-record.ts";
import { outcomeOf } from "./outcome.ts";

/** One access to audited data, as far as the request tells it. Its records share everything but phase and outcome. */
export interface Access {
  readonly accessId: string;
  readonly service: string;
  readonly operation: OperationDefinition;
  readonly audit: AuditDefinition;
  readonly actor: Actor;
  readonly purpose: string | undefined;
  readonly traceId: string;
  readonly requestId: string;
  /** The id that a create gives to what it creates; none when the request was refused. */
  readonly newId: string | undefined;
  /** Of a request that was refused, only the path's UUIDs: nothing else in it is known to be harmless. */
  readonly parameters: Pick<RequestParameters, "path">;
  readonly search: readonly SearchTerm[] | undefined;
}

/** Before the access. */
export function intentRecord(access: Access, createdDate: string): AuditRecord {
  return record(access, "intent", createdDate);
}

/**
 * After the access, before its answer. `error` is the code of the problem that is answered. A change that ended in a failure
 * of ours may have been made.
 */
export function outcomeRecord(
  access: Access,
  createdDate: string,
  reply: Reply,
  error?: string,
): AuditRecord {
  const outcome = outcomeOf(access.audit, reply, error);
  const isUnknown = outcome.code === 8 && CHANGES.includes(access.audit.action);
  return record(access, "outcome", createdDate, isUnknown ? { ...outcome, code: 12 } : outcome);
}

/** After an access whose answer was sent while it was made. */
export function endingRecord(access: Access, createdDate: string, outcome: Outcome): AuditRecord {
  return record(access, "outcome", createdDate, outcome);
}

/** A request that was refused before any access. */
export function closedRecord(access: Access, createdDate: string, reply: Reply, error: string): AuditRecord {
  return record(access, "closed", createdDate, outcomeOf(access.audit, reply, error));
}

const CHANGES: readonly string[] = ["create", "update", "delete"];

const ACTIONS = { create: "C", read: "R", update: "U", delete: "D", search: "S", export: "X" } as const;

function record(
  access: Access,
  phase: AuditRecord["phase"],
  createdDate: string,
  outcome?: Outcome,
): AuditRecord {
  const id = resolve(access.audit.id, access);
  const patientId = resolve(access.audit.subject ?? null, access);
  return {
    id: `${access.accessId}:${phase}`,
    accessId: access.accessId,
    phase,
    createdDate,
    sourceSystemName: access.service,
    operationId: access.operation.operationId,
    action: ACTIONS[access.audit.action],
    resource: { type: access.audit.resource, ...(id && { id }), operation: access.audit.action },
    ...(patientId && { patientId }),
    actor: access.actor,
    traceId: access.traceId,
    requestId: access.requestId,
    ...(access.purpose && { purpose: access.purpose }),
    ...(access.search && { search: access.search }),
    ...(outcome && { outcome }),
  };
}

/** The value of an `x-audit` expression: `$new`, or `$request.path.<name>` (OpenAPI 3.1, runtime expressions). */
function resolve(expression: string | null, { parameters, newId }: Access): string | undefined {
  if (expression === null) return undefined;
  if (expression === "$new") return newId;
  const value = parameters.path[expression.slice("$request.path.".length)];
  return typeof value === "string" ? value.toLowerCase() : undefined;
}
