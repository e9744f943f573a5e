import { isObject, type Json, type JsonObject } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import { findPersonalProperty } from "./find-personal-property.ts";
import type { AuditModel, ParameterModel } from "./model.ts";

const KEY = "x-audit";
const ACTIONS = ["create", "read", "update", "delete", "search", "export"];

/** A reason that a reviewer can judge is longer than a word. In characters. */
const SHORTEST_REASON = 20;

/** What `x-audit` says of an operation, or `null` when it says nothing, or that there is nothing to record. */
export function readAudit(
  operation: JsonObject,
  parameters: readonly ParameterModel[],
  reader: ContractReader,
): AuditModel | null {
  const node = operation[KEY];
  if (node === undefined) return null;
  if (isObject(node) && "none" in node) {
    checkNone(operation, node, reader);
    return null;
  }
  const { action, resource, id = null, subject = null } = isObject(node) ? node : {};
  const isKnown = typeof action === "string" && ACTIONS.includes(action);
  if (!isKnown || typeof resource !== "string") {
    reader.report(
      operation,
      KEY,
      "audit/form",
      `{ action, resource, id } or { none: <reason> } is expected; actions: ${ACTIONS.join(", ")}`,
    );
    return null;
  }
  const read = (expression: Json): string | null => {
    if (expression === null) return null;
    if (typeof expression === "string" && leadsSomewhere(expression, operation, parameters))
      return expression;
    reader.report(
      operation,
      KEY,
      "audit/expression",
      `${JSON.stringify(expression)} names nothing of this request`,
    );
    return null;
  };
  return { action, resource, id: read(id), subject: read(subject) };
}

/** An operation that is declared to access nothing personal says why, and neither takes nor answers what is personal. */
function checkNone(operation: JsonObject, node: JsonObject, reader: ContractReader): void {
  const { none, ...others } = node;
  const isReason = typeof none === "string" && none.trim().length >= SHORTEST_REASON;
  if (!isReason || Object.keys(others).length > 0) {
    const message = `none stands alone, with the reason why nothing personal is accessed, in ${SHORTEST_REASON} characters or more`;
    reader.report(operation, KEY, "audit/form", message);
  }
  const personal = findPersonalProperty(operation, reader);
  if (personal !== undefined) {
    const message = `${personal} is personal: an operation that takes or answers it is audited`;
    reader.report(operation, KEY, "audit/none", message);
  }
}

/** Runtime expressions (OpenAPI 3.1.1, 4.8.20.4) that point into the request, and `$new`. */
function leadsSomewhere(
  expression: string,
  operation: JsonObject,
  parameters: readonly ParameterModel[],
): boolean {
  if (expression === "$new") return true;
  if (expression.startsWith("$request.body#/")) return operation.requestBody !== undefined;
  const [, place, name = ""] = /^\$request\.(path|query|header)\.(.+)$/.exec(expression) ?? [];
  const wanted = place === "header" ? name.toLowerCase() : name;
  return parameters.some((parameter) => parameter.in === place && parameter.name === wanted);
}
