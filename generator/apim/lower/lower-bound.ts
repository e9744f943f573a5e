import type { Json, JsonObject } from "../../load/json.ts";

export type Bound = "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum";

/** True for the keywords that OpenAPI 3.0.3 says with a number and a flag. */
export function isBound(key: string): key is Bound {
  return ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].includes(key);
}

/**
 * A bound as OpenAPI 3.0.3 has it: one number, and a flag that excludes it. Of two bounds the stricter stays;
 * `undefined` for the other.
 */
export function lowerBound(key: Bound, value: Json, schema: JsonObject): JsonObject | undefined {
  const { inclusive, exclusive } = PAIRS[key];
  const excludes = isStricter(exclusive, inclusive, schema);
  if (key === inclusive) return excludes ? undefined : { [key]: value };
  return excludes ? { [inclusive]: value, [key]: true } : undefined;
}

interface Pair {
  readonly inclusive: "minimum" | "maximum";
  readonly exclusive: "exclusiveMinimum" | "exclusiveMaximum";
}

const MINIMUM: Pair = { inclusive: "minimum", exclusive: "exclusiveMinimum" };
const MAXIMUM: Pair = { inclusive: "maximum", exclusive: "exclusiveMaximum" };
const PAIRS: Readonly<Record<Bound, Pair>> = {
  minimum: MINIMUM,
  exclusiveMinimum: MINIMUM,
  maximum: MAXIMUM,
  exclusiveMaximum: MAXIMUM,
};

function isStricter(exclusive: string, inclusive: "minimum" | "maximum", schema: JsonObject): boolean {
  const [outer, inner] = [schema[exclusive], schema[inclusive]];
  if (typeof outer !== "number") return false;
  if (typeof inner !== "number") return true;
  return inclusive === "minimum" ? outer >= inner : outer <= inner;
}
