import { isList, objectAt, stringAt, type JsonObject } from "../../load/json.ts";
import type { Difference } from "../schemas/difference.ts";

/**
 * What a description says when its list of values may grow: "More values may follow." Clients that were told so have
 * provided for values that they do not know.
 */
const EXTENSIBLE = /\b(more|further|new|other) (values|codes) (may|can|will) (follow|come|be added)\b/i;

/** True when the list of values was documented to grow, before the change. */
export function isExtensible({ base, baseNode }: Difference): boolean {
  const nodes = [base && !isList(base.node) ? base.node : undefined, baseNode];
  return nodes.some((node) => node !== undefined && EXTENSIBLE.test(stringAt(node, "description") ?? ""));
}

/** What the description of an API says when clients must be ready for more properties than they know. */
const TOLERANT = /\bignore\b[^.]*\bdo(es)? not know\b/i;

/**
 * True when clients were told, before the change, to ignore the properties of answers that they do not know: in the description
 * of the API, or of the schema. Without that, `additionalProperties: false` is a promise.
 */
export function isTolerant(document: JsonObject, { baseNode }: Difference): boolean {
  const descriptions = [objectAt(document, "info"), baseNode].map(
    (node) => node && stringAt(node, "description"),
  );
  return descriptions.some((text) => text !== undefined && TOLERANT.test(text));
}
