import { isObject, type Json, type JsonObject } from "../../load/json.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";

/**
 * A parameter, header, body, response or example, or what stands for it: APIM imports no such component, so it is
 * written out where it is used. A reference may say `description` and `summary` anew (OpenAPI 3.1.1, 4.8.23).
 */
export function lowerReferable(
  node: Json,
  compilation: Compilation,
  lower: (target: JsonObject) => JsonObject,
  mayBeAnew: readonly string[] = ["description"],
): JsonObject {
  const target = compilation.follow(node);
  const lowered = lower(target);
  if (!isObject(node) || !("$ref" in node)) return lowered;
  const anew: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "$ref") continue;
    if (!mayBeAnew.includes(key)) {
      compilation.lose(node, key, `${key} beside a reference`, ENFORCERS.nothing);
      continue;
    }
    anew[key] = value;
    if (key in target)
      compilation.lose(target, key, `${key}, where a reference says it anew`, ENFORCERS.nothing);
  }
  return { ...lowered, ...anew };
}
