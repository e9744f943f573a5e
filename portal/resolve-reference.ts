import { isObject, objectOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * Follows a `$ref` within a bundled document, through further ones.
 *
 * @returns the object that is meant; an empty one when there is none
 */
export function resolveReference(document: JsonObject, value: Json | undefined): JsonObject {
  let target = value;
  for (let hops = 0; hops < 32; hops += 1) {
    if (!isObject(target) || typeof target.$ref !== "string") return objectOf(target);
    target = at(document, target.$ref);
  }
  return {};
}

/** RFC 6901, as the fragment of a URI. */
function at(document: JsonObject, reference: string): Json | undefined {
  const tokens = reference.replace(/^#\//, "").split("/");
  return tokens.reduce<Json | undefined>(
    (value, token) => objectOf(value)[token.replaceAll("~1", "/").replaceAll("~0", "~")],
    document,
  );
}
