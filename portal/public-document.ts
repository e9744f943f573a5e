import { arrayOf, isObject, objectOf, textOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";
import { pruneComponents } from "./prune-components.ts";

/** The keys of a path item that hold an operation (OpenAPI 3.1, "Path Item Object"). */
export const methods: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
];

/**
 * The contract as an integrator may see it: without internal operations, what only they use, and the extensions that
 * tell how the platform is run (`x-audit`, `x-apim-*`, `x-internal`). The document that is passed in is left as it is.
 */
export function publicDocument(document: JsonObject): JsonObject {
  const paths = Object.entries(objectOf(document.paths))
    .map(([path, item]) => [path, publicPathItem(objectOf(item))] as const)
    .filter(([, item]) => methods.some((method) => method in item));
  const operations = paths.flatMap(([, item]) => operationsOf(item));
  const visible = withoutPrivate({ ...document, paths: Object.fromEntries(paths) }, idsOf(operations));
  return pruneComponents({ ...objectOf(visible), tags: usedTags(document, operations) });
}

function publicPathItem(item: JsonObject): JsonObject {
  const isHidden = (key: string, value: Json) =>
    methods.includes(key) && objectOf(value)["x-internal"] === true;
  return Object.fromEntries(Object.entries(item).filter(([key, value]) => !isHidden(key, value)));
}

function operationsOf(item: JsonObject): JsonObject[] {
  return methods.map((method) => item[method]).filter(isObject);
}

function idsOf(operations: JsonObject[]): Set<string> {
  return new Set(operations.map((operation) => textOf(operation.operationId)));
}

function usedTags(document: JsonObject, operations: JsonObject[]): Json[] {
  const used = new Set(operations.flatMap((operation) => arrayOf(operation.tags).map(textOf)));
  return arrayOf(document.tags).filter((tag) => used.has(textOf(objectOf(tag).name)));
}

/** Examples are data, in which a key may be called anything, so they are kept as they are. */
function withoutPrivate(value: Json, visible: Set<string>): Json {
  if (Array.isArray(value)) return value.map((item) => withoutPrivate(item, visible));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !isPrivate(key));
  return Object.fromEntries(
    entries.map(([key, child]) => {
      if (key === "example" || key === "examples") return [key, child];
      if (key === "links") return [key, visibleLinks(objectOf(child), visible)];
      return [key, withoutPrivate(child, visible)];
    }),
  );
}

function isPrivate(key: string): boolean {
  return key === "x-audit" || key === "x-internal" || key.startsWith("x-apim-");
}

function visibleLinks(links: JsonObject, visible: Set<string>): JsonObject {
  const isVisible = (link: Json) => {
    const target = objectOf(link).operationId;
    return target === undefined || visible.has(textOf(target));
  };
  return Object.fromEntries(Object.entries(links).filter(([, link]) => isVisible(link)));
}
