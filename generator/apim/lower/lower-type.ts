import { isList, type Json, type JsonObject } from "../../load/json.ts";

/**
 * `type` as OpenAPI 3.0.3 says it (4.7.24.1): one type, and `nullable` beside it, which means something beside a type
 * only.
 */
export function lowerType(type: Json): JsonObject {
  if (type === "null") return NULL;
  if (!isList(type)) return { type };
  const others = type.filter((one) => one !== "null");
  const nullable: JsonObject = others.length < type.length ? { nullable: true } : {};
  const [first, ...rest] = others;
  // No type at all: nothing is of it.
  if (first === undefined) return type.length === 0 ? { not: {} } : NULL;
  if (rest.length === 0) return { type: first, ...nullable };
  return { anyOf: [{ ...alone(first), ...nullable }, ...rest.map(alone)] };
}

/** 3.0.3 asks for `items` of every array. */
function alone(type: Json): JsonObject {
  return type === "array" ? { type, items: {} } : { type };
}

const NULL: JsonObject = { type: "object", nullable: true, enum: [null] };
