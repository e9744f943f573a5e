import { METHODS } from "../../load/grammar.ts";
import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from "../../load/json.ts";

/**
 * A name for every object and list of a bundled document that does not change when lines move, paths are renamed or
 * parameters change their order: `createBed/requestBody/content`, `components/schemas/Bed/properties/id`.
 * @param documents forms of one contract, which share most of their parts
 */
export function namePlaces(...documents: readonly JsonObject[]): (node: object) => string {
  const names = new WeakMap<object, string>();
  for (const document of documents) {
    visit(document, "", names);
    for (const item of Object.values(objectAt(document, "paths"))) if (isObject(item)) nameItem(item, names);
  }
  return (node) => names.get(node) ?? "";
}

/** Operations are called by their operationId, and a path by the first of its operations. */
function nameItem(item: JsonObject, names: WeakMap<object, string>): void {
  const operations = METHODS.map((method) => item[method]).filter(isObject);
  const named = operations.map((operation) => stringAt(operation, "operationId") ?? "operation");
  visit(item, `path of ${named[0] ?? "none"}`, names);
  for (const [index, operation] of operations.entries()) visit(operation, named[index] ?? "", names);
}

function visit(node: Json, name: string, names: WeakMap<object, string>): void {
  if (isList(node)) {
    names.set(node, name);
    for (const [index, item] of node.entries()) visit(item, join(name, itemName(item, index)), names);
  }
  if (!isObject(node)) return;
  names.set(node, name);
  for (const [key, value] of Object.entries(node)) visit(value, join(name, key), names);
}

function itemName(item: Json, index: number): string {
  const { in: place, name } = isObject(item) ? item : {};
  return typeof place === "string" && typeof name === "string" ? `${place} ${name}` : String(index);
}

function join(parent: string, member: string): string {
  return parent === "" ? member : `${parent}/${member}`;
}
