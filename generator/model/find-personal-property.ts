import { isList, isObject, objectAt, type Json, type JsonObject } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import { isPersonalName } from "./personal-names.ts";

/** The first property that an operation takes or answers, however deep, whose name is that of something personal. */
export function findPersonalProperty(operation: JsonObject, reader: ContractReader): string | undefined {
  const seen = new Set<object>();
  const waiting: Json[] = [operation.requestBody ?? null, operation.responses ?? null];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node === null || typeof node !== "object" || seen.has(node)) continue;
    seen.add(node);
    const personal = isObject(node) ? namesOf(node).find(isPersonalName) : undefined;
    if (personal !== undefined) return personal;
    waiting.push(...(isList(node) ? node : Object.values(node)));
    if (isObject(node) && "$ref" in node) waiting.push(reader.deref(node));
  }
  return undefined;
}

function namesOf(schema: JsonObject): string[] {
  return Object.keys(objectAt(schema, "properties"));
}
