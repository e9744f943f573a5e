import { isList, isObject, type Json, type JsonList, type JsonObject } from "../../load/json.ts";

/** The keys of a JSON pointer (RFC 6901), such as `#/paths/~1patient`. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a key or an index of an object or a list leads to. */
export function childAt(parent: Json | undefined, key: string): Json | undefined {
  if (isObject(parent)) return Object.hasOwn(parent, key) ? parent[key] : undefined;
  return isList(parent) && /^\d+$/.test(key) ? parent[Number(key)] : undefined;
}

/** Follows keys for as long as they lead to an object or a list, and says how many of them did. */
export function follow(
  root: JsonObject,
  keys: readonly string[],
): { readonly node: JsonObject | JsonList; readonly depth: number } {
  let node: JsonObject | JsonList = root;
  let depth = 0;
  for (const key of keys) {
    const next = childAt(node, key);
    if (!isObject(next) && !isList(next)) break;
    node = next;
    depth += 1;
  }
  return { node, depth };
}
