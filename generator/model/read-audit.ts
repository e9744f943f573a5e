import { isObject, type Json, type JsonObject } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { AuditModel, ParameterModel } from "./model.ts";

const KEY = "x-audit";
const ACTIONS = ["create", "read", "update", "delete", "search", "export"];

/** What `x-audit` says of an operation, or `null` when it says nothing. */
export function readAudit(
  operation: JsonObject,
  parameters: readonly ParameterModel[],
  reader: ContractReader,
): AuditModel | null {
  const node = operation[KEY];
  if (node === undefined) return null;
  const { action, resource, id = null, subject = null } = isObject(node) ? node : {};
  const isKnown = typeof action === "string" && ACTIONS.includes(action);
  if (!isKnown || typeof resource !== "string") {
    reader.report(
      operation,
      KEY,
      "audit/form",
      `{ action, resource, id } is expected; actions: ${ACTIONS.join(", ")}`,
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
