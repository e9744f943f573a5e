import { isObject, listAt, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { Origin } from "./shape.ts";

/** Where a schema says a keyword: itself, or what it refers to and joins. The outermost counts. */
export function findKeyword(
  node: JsonObject | undefined,
  keyword: string,
  document: JsonObject,
  depth = 0,
): Origin | undefined {
  if (!node || depth > 16) return undefined;
  if (keyword in node) return { node, key: keyword };
  const target = node.$ref === undefined ? undefined : dereference(document, node);
  for (const part of [target, ...listAt(node, "allOf")]) {
    const found = isObject(part) ? findKeyword(part, keyword, document, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}
