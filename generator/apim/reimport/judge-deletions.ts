import type { Finding, Position, Severity } from "../../finding.ts";
import type { OperationModel, PlatformModel } from "../../model/model.ts";
import type { ApiComparison } from "./compare-by-step.ts";
import { findSurvivor, type Survivor } from "./find-survivor.ts";
import { formatPosition } from "../losses.ts";
import { placeOfApi, placeOfPath } from "./places.ts";
import type { PublishedOperation } from "./published-operations.ts";

const RULE = "apim/operation-deleted";

/**
 * The operations that an import would delete. One that lives on under another operationId, path or API is an error:
 * nobody asked for its end, and its policies and statistics end with it. One that is really gone is a note; whom that
 * breaks is for the diff to say.
 * @param created every operation that APIM would create, in any API
 */
export function judgeDeletions(
  comparison: ApiComparison,
  created: readonly PublishedOperation[],
  head: PlatformModel,
): Finding[] {
  const free = new Set(created);
  return comparison.deleted.flatMap(({ operation, hasPolicy }) => {
    const survivor = findSurvivor(operation, [...free]);
    if (!survivor) return [farewell(operation, hasPolicy, comparison, head)];
    free.delete(survivor.operation);
    return [remade(operation, survivor), ...orphan(operation, survivor, hasPolicy)];
  });
}

function remade(gone: PublishedOperation, { operation, changed }: Survivor): Finding {
  const message =
    `${gone.operationId} would be deleted in APIM and made anew as ${describe(operation)}, ` +
    `for its ${changed} changed; it was ${describe(gone)} (${formatPosition(gone.source.at)})`;
  const hint =
    changed === "API"
      ? `Keep ${gone.operationId} in ${gone.api.files[0]}.`
      : `Keep the operationId ${gone.operationId}.`;
  return finding(operation.source.at, "error", RULE, message, hint);
}

/** APIM copies policies within an API, from the operation that has the same method and path. */
function orphan(gone: PublishedOperation, { operation, changed }: Survivor, hasPolicy: boolean): Finding[] {
  if (!hasPolicy || changed === "operationId") return [];
  const message =
    `the policy document of ${gone.operationId} would be deleted with it, not carried over: ` +
    `${describe(operation)} answers without it until its own is attached`;
  const hint = "Change the path in one release and the operationId in another.";
  return [
    finding(
      operation.source.at,
      "error",
      "apim/policy-orphaned",
      message,
      changed === "API" ? undefined : hint,
    ),
  ];
}

function farewell(
  gone: PublishedOperation,
  hasPolicy: boolean,
  { head: api }: ApiComparison,
  head: PlatformModel,
): Finding {
  const policy = hasPolicy ? " with its policy document" : "";
  const internal = api?.operations.find(({ operationId }) => operationId === gone.operationId);
  const why = internal ? "it is internal now" : "it is gone from the contract";
  const message = `APIM deletes ${describe(gone)}${policy}: ${why}; it was at ${formatPosition(gone.source.at)}`;
  return finding(placeOf(gone, internal, api, head), "note", RULE, message);
}

function placeOf(
  gone: PublishedOperation,
  internal: OperationModel | undefined,
  api: ApiComparison["head"],
  head: PlatformModel,
): Position {
  if (internal) return internal.at;
  return api ? placeOfPath(gone.source.path, api, head) : placeOfApi(gone.api);
}

function describe({ operationId, method, source }: PublishedOperation): string {
  return `${operationId} (${method} ${source.path})`;
}

function finding(
  { file, line, column }: Position,
  severity: Severity,
  rule: string,
  message: string,
  hint?: string,
): Finding {
  return { file, line, column, severity, rule, message, ...(hint !== undefined && { hint }) };
}
