import { operationName, MAX_NAME } from "../apim/operation-name.ts";
import { listAt, objectAt, stringAt, stringsAt, type JsonObject } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { OperationModel } from "./model.ts";

/**
 * The lengths that APIM's resources have room for, in characters: OperationContract, ApiContract and TagContract of
 * the management API (Microsoft.ApiManagement, 2022-08-01), the first of them also in "API import restrictions and
 * known issues".
 */
const MAX_LENGTH = { displayName: 300, description: 1000, urlTemplate: 1000, tag: 160, apiPath: 400 };

/**
 * What APIM's import would refuse, change or drop of the operations that an API publishes ("API import restrictions
 * and known issues"). What only the finished document shows is judged when it is compiled.
 * @param apiPath the first segment of their paths
 */
export function checkImportLimits(
  published: readonly OperationModel[],
  apiPath: string,
  reader: ContractReader,
): void {
  const title = stringAt(objectAt(reader.document, "info"), "title") ?? "";
  const info = objectAt(reader.document, "info");
  checkLength(title, MAX_LENGTH.displayName, info, "title", "apim/title", reader);
  checkLength(apiPath, MAX_LENGTH.apiPath, reader.document, "paths", "apim/path", reader);
  for (const operation of published) {
    checkTexts(operation, apiPath, reader);
    checkMethod(operation, reader);
    checkParameterNames(operation, reader);
    checkParameterStyles(operation, reader);
  }
  checkNames(published, reader);
  checkSignatures(published, reader);
}

function checkTexts({ node, path, summary }: OperationModel, apiPath: string, reader: ContractReader): void {
  const description = stringAt(node, "description") ?? "";
  const paths = objectAt(reader.document, "paths");
  const template = path.slice(apiPath.length + 1);
  checkLength(summary, MAX_LENGTH.displayName, node, "summary", "apim/summary", reader);
  checkLength(description, MAX_LENGTH.description, node, "description", "apim/description", reader);
  checkLength(template, MAX_LENGTH.urlTemplate, paths, path, "apim/url-template", reader);
  for (const tag of stringsAt(node, "tags")) {
    checkLength(tag, MAX_LENGTH.tag, node, "tags", "apim/tag", reader);
  }
}

function checkLength(
  text: string,
  max: number,
  node: JsonObject,
  member: string,
  rule: string,
  reader: ContractReader,
): void {
  if (text.length <= max) return;
  reader.report(node, member, rule, `APIM takes at most ${max} characters here, these are ${text.length}`);
}

/**
 * "For GET, HEAD, and OPTIONS operations, API Management discards a request body parameter"; "PathItem: trace" is
 * unsupported.
 */
function checkMethod({ method, body, node, at }: OperationModel, reader: ContractReader): void {
  if (method === "TRACE")
    reader.findings.report(at, "apim/method", "APIM imports no operation of method TRACE");
  if (body && ["GET", "HEAD", "OPTIONS"].includes(method)) {
    reader.report(node, "requestBody", "apim/body", `APIM discards the body of a ${method}`);
  }
}

/**
 * "By default, converts the required query string parameters to required template parameters"; "we require parameter
 * names to be unique within the entire URL template. Names are case-insensitive."
 */
function checkParameterNames({ parameters }: OperationModel, reader: ContractReader): void {
  const inUrl = parameters.filter((parameter) => parameter.in !== "header");
  const taken = new Map<string, string>();
  for (const parameter of inUrl) {
    const { name, at } = parameter;
    if (parameter.in === "query" && parameter.required) {
      const message = `${name} would become part of the path in APIM: its absence would be a 404`;
      reader.findings.report(at, "apim/required-query-parameter", message);
    }
    const other = taken.get(name.toLowerCase());
    const message = `${name} is also a ${other ?? ""} parameter: in APIM names in a URL differ in more than their case`;
    if (other !== undefined) reader.findings.report(at, "apim/parameter-name", message);
    taken.set(name.toLowerCase(), parameter.in);
  }
}

/**
 * "Only the default array serialization method (style: form, explode: true) is supported"; OpenAPI 3.1.1, 4.8.12.2.1.
 */
const STYLES: Readonly<Record<string, { readonly style: string; readonly explode: boolean }>> = {
  query: { style: "form", explode: true },
  path: { style: "simple", explode: false },
  header: { style: "simple", explode: false },
};

function checkParameterStyles({ node, path }: OperationModel, reader: ContractReader): void {
  const item = objectAt(objectAt(reader.document, "paths"), path);
  for (const reference of [...listAt(item, "parameters"), ...listAt(node, "parameters")]) {
    const parameter = reader.deref(reference);
    const usual = STYLES[stringAt(parameter, "in") ?? ""];
    for (const key of ["style", "explode"] as const) {
      if (!usual || !(key in parameter) || parameter[key] === usual[key]) continue;
      const message = `APIM reads a ${stringAt(parameter, "in") ?? ""} parameter with ${key} ${String(usual[key])} only`;
      reader.report(parameter, key, "apim/parameter-style", message);
    }
  }
}

/** APIM would tell them apart by `-1`, `-2`, …, and match the wrong one at the next import. */
function checkNames(published: readonly OperationModel[], reader: ContractReader): void {
  const first = new Map<string, OperationModel>();
  for (const operation of published) {
    const name = operationName(operation.operationId);
    const earlier = first.get(name);
    const message =
      `${operation.operationId} is called ${name} in APIM, as is ${earlier?.operationId ?? ""} of line ${earlier?.at.line ?? 0}: ` +
      `names are in lower case, with dashes, of ${MAX_NAME} characters`;
    if (earlier && name !== "") reader.findings.report(operation.at, "apim/name-collision", message);
    first.set(name, earlier ?? operation);
  }
}

/**
 * "Importing API has duplicate signature operations", the import says, for paths that differ in the names of
 * parameters only.
 */
function checkSignatures(published: readonly OperationModel[], reader: ContractReader): void {
  const first = new Map<string, OperationModel>();
  const paths = objectAt(reader.document, "paths");
  for (const operation of published) {
    const { method, path } = operation;
    const template = path.toLowerCase().replaceAll(/\{[^}]*\}/g, "{}");
    const signature = `${method} ${template.replace(/(?<=.)\/$/, "")}`;
    const earlier = first.get(signature);
    const message = `APIM cannot tell ${method} ${path} from ${earlier?.path ?? ""} of ${earlier?.operationId ?? ""}`;
    if (earlier) reader.report(paths, path, "apim/duplicate-signature", message);
    first.set(signature, earlier ?? operation);
  }
}
