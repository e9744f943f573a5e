import { refuse } from "../finding.ts";
import { isList, isObject, objectAt, without, type Json, type JsonObject } from "../load/json.ts";
import type { ApiModel, GatewayModel, PlatformModel } from "../model/model.ts";
import { publishedDocument } from "../emit/published-document.ts";
import { urlTemplate } from "../emit/url-template.ts";
import { ENFORCERS, Losses, type Loss } from "./losses.ts";
import { lowerOperation, type OperationContext } from "./lower-operation.ts";
import { lowerSchema } from "./lower-schema.ts";

/** What APIM imports of an API, and what it does not see. */
export interface ApimImport {
  readonly document: JsonObject;
  readonly losses: readonly Loss[];
}

/** APIM takes 4 MB inline. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Compiles a contract to the OpenAPI 3.0.3 document that APIM imports without loss or complaint ("API import restrictions
 * and known issues"): only public operations, at their place below the API's path.
 * @throws {ContractError} `apim/recursive-schema`, `apim/import-size`
 */
export function compileImport(api: ApiModel, gateway: GatewayModel, model: PlatformModel): ApimImport {
  const losses = new Losses();
  const published = publishedDocument(api, model);
  const origin = model.locations.at(api.document);
  const named = new Map<string, JsonObject>();
  const context: OperationContext = {
    losses,
    document: published,
    at: (node, member) => model.locations.find(node, member) ?? origin,
    nameSchema: (name, schema) => {
      named.set(name, schema);
      return { $ref: `#/components/schemas/${name}` };
    },
  };
  recordDocumentLosses(api, context);
  const paths = lowerPaths(api, gateway, context);
  const document = {
    openapi: "3.0.3",
    info: lowerInfo(published),
    ...("tags" in published && { tags: published.tags }),
    paths,
    components: { schemas: reachableSchemas(api, paths, named, context) },
  };
  if (JSON.stringify(document).length > MAX_BYTES)
    refuse(origin, "apim/import-size", "APIM imports at most 4 MB");
  return { document, losses: losses.list() };
}

function recordDocumentLosses({ document, operations }: ApiModel, { losses, at }: OperationContext): void {
  const info = objectAt(document, "info");
  if ("summary" in info) losses.add(at(info, "summary"), "info.summary", ENFORCERS.nothing);
  if ("security" in document) losses.add(at(document, "security"), "security", ENFORCERS.subscription);
  if ("x-apim-policies" in document)
    losses.add(at(document, "x-apim-policies"), "x-apim-policies", ENFORCERS.policies);
  for (const operation of operations.filter(({ internal }) => internal)) {
    losses.add(operation.at, `operation ${operation.operationId} (x-internal)`, ENFORCERS.hostKey);
  }
}

/** 3.0 has no `summary`, and a licence has a URL but no identifier. */
function lowerInfo(document: JsonObject): JsonObject {
  const { title = "", description = "", version = "", contact, license } = objectAt(document, "info");
  return {
    title,
    description,
    version,
    ...(contact !== undefined && { contact }),
    ...(isObject(license) && { license: without(license, "identifier") }),
  };
}

function lowerPaths(api: ApiModel, gateway: GatewayModel, context: OperationContext): JsonObject {
  const paths = new Map<string, Record<string, Json>>();
  for (const { path, method, internal } of api.operations) {
    if (internal) continue;
    const item = objectAt(objectAt(context.document, "paths"), path);
    const template = urlTemplate(path, gateway);
    const operations = paths.get(template) ?? {};
    operations[method.toLowerCase()] = lowerOperation(item, objectAt(item, method.toLowerCase()), context);
    paths.set(template, operations);
  }
  return Object.fromEntries(paths);
}

/** The schemas that public operations lead to, and no other. */
function reachableSchemas(
  api: ApiModel,
  paths: JsonObject,
  named: ReadonlyMap<string, JsonObject>,
  context: OperationContext,
): JsonObject {
  const found = new Map<string, Json>();
  const visit = (name: string, trail: readonly string[]): void => {
    const source = api.schemas[name];
    if (trail.includes(name)) {
      const at = isObject(source) ? context.at(source) : context.at(api.document);
      refuse(at, "apim/recursive-schema", `APIM imports no recursion: ${[...trail, name].join(" → ")}`);
    }
    if (found.has(name)) return;
    const schema = named.get(name) ?? lowerSchema(source ?? {}, context);
    for (const next of referencesIn(schema)) visit(next, [...trail, name]);
    found.set(name, schema);
  };
  for (const name of referencesIn(paths)) visit(name, []);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function referencesIn(node: Json): string[] {
  if (isList(node)) return node.flatMap(referencesIn);
  if (!isObject(node)) return [];
  const own = typeof node.$ref === "string" ? [node.$ref.slice(node.$ref.lastIndexOf("/") + 1)] : [];
  return [
    ...own,
    ...Object.entries(node).flatMap(([key, value]) => (isData(key) ? [] : referencesIn(value))),
  ];
}

/** Keys that hold values of a client's making, in which `$ref` would be a plain name. */
function isData(key: string): boolean {
  return key === "example" || key === "examples" || key === "default" || key === "enum";
}
