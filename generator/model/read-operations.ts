import { isObject, objectAt, stringAt, type JsonObject } from "../load/json.ts";
import { METHODS } from "../load/grammar.ts";
import type { Fragment } from "../policies/load-fragments.ts";
import { checkSecurity } from "./check-security.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { OperationModel, ParameterModel } from "./model.ts";
import { readAudit } from "./read-audit.ts";
import { readBody } from "./read-body.ts";
import { readParameters } from "./read-parameters.ts";
import { readPolicyUses } from "./read-policy-uses.ts";
import { readResponses } from "./read-responses.ts";

/** The operations of a contract, in its order. */
export function readOperations(
  reader: ContractReader,
  fragments: ReadonlyMap<string, Fragment>,
): OperationModel[] {
  const operations = Object.entries(objectAt(reader.document, "paths")).flatMap(([path, item]) =>
    isObject(item) ? readPath(path, item, reader, fragments) : [],
  );
  refuseDuplicates(operations, reader);
  refuseUnaudited(operations, reader);
  return operations;
}

function readPath(
  path: string,
  item: JsonObject,
  reader: ContractReader,
  fragments: ReadonlyMap<string, Fragment>,
): OperationModel[] {
  return METHODS.flatMap((method) => {
    const node = item[method];
    return isObject(node) ? [readOperation(method, path, item, node, reader, fragments)] : [];
  });
}

function readOperation(
  method: string,
  path: string,
  item: JsonObject,
  node: JsonObject,
  reader: ContractReader,
  fragments: ReadonlyMap<string, Fragment>,
): OperationModel {
  const parameters = readParameters(item, node, reader);
  const internal = node["x-internal"] === true;
  if (!internal) checkSecurity(node, reader);
  if (internal && "x-apim-policies" in node) {
    reader.report(
      node,
      "x-apim-policies",
      "policy/internal",
      "an internal operation does not pass the gateway",
    );
  }
  checkPathParameters(path, parameters, node, reader);
  return {
    operationId: readOperationId(item, method, node, reader),
    method: method.toUpperCase(),
    path,
    summary: stringAt(node, "summary") ?? "",
    at: reader.at(node, "operationId"),
    internal,
    audit: readAudit(node, parameters, reader),
    parameters,
    body: readBody(node, reader),
    responses: readResponses(node, reader),
    invalidPathStatus: readInvalidPathStatus(parameters, node, reader),
    policies: readPolicyUses(node, fragments, reader),
    node,
  };
}

/** One answer for all of a path: which of its parameters was wrong is not told apart. */
function readInvalidPathStatus(
  parameters: readonly ParameterModel[],
  node: JsonObject,
  reader: ContractReader,
): 400 | 404 {
  const statuses = new Set(
    parameters.filter((one) => one.in === "path").map(({ invalidStatus }) => invalidStatus),
  );
  if (statuses.size > 1) {
    reader.report(
      node,
      "operationId",
      "contract/invalid-status",
      "the path's parameters differ in x-invalid-status",
    );
  }
  return statuses.has(400) ? 400 : 404;
}

function readOperationId(item: JsonObject, method: string, node: JsonObject, reader: ContractReader): string {
  const operationId = stringAt(node, "operationId") ?? "";
  const isValid = /^[a-z][A-Za-z0-9]{0,75}$/.test(operationId);
  if (!isValid) {
    const at = operationId === "" ? reader.at(item, method) : reader.at(node, "operationId");
    reader.findings.report(
      at,
      "contract/operation-id",
      "an operationId in camelCase, of at most 76 characters, is expected",
    );
  }
  return operationId;
}

function checkPathParameters(
  path: string,
  parameters: readonly ParameterModel[],
  node: JsonObject,
  reader: ContractReader,
): void {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
  const declared = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
  for (const name of inPath.filter((name) => !declared.includes(name))) {
    reader.report(
      node,
      "operationId",
      "contract/path-parameter",
      `{${name}} of ${path} is not among the parameters`,
    );
  }
  for (const name of declared.filter((name) => !inPath.includes(name))) {
    reader.report(node, "operationId", "contract/path-parameter", `the parameter ${name} is not in ${path}`);
  }
}

/** APIM compares operation names in lower case, and so do function names. */
function refuseDuplicates(operations: readonly OperationModel[], reader: ContractReader): void {
  const first = new Map<string, OperationModel>();
  for (const operation of operations) {
    const key = operation.operationId.toLowerCase();
    const earlier = first.get(key);
    if (earlier && key !== "") {
      const message = `${operation.operationId} is taken by the operation of line ${earlier.at.line}`;
      reader.findings.report(operation.at, "contract/duplicate-operation-id", message);
    }
    first.set(key, earlier ?? operation);
  }
}

/** Internal operations are the register's own, or nobody's access. */
function refuseUnaudited(operations: readonly OperationModel[], reader: ContractReader): void {
  for (const { audit, internal, at, operationId, node } of operations) {
    if (audit !== null || internal || "x-audit" in node) continue;
    const message = `${operationId} has no x-audit: say what it accesses, or { none: <why it accesses nothing personal> }`;
    reader.findings.report(at, "audit/missing", message);
  }
}
