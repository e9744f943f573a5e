import type { Position } from "../finding.ts";
import { isList, isObject, type Json, type JsonObject } from "../load/json.ts";
import { GRAMMAR } from "../load/grammar.ts";
import { ENFORCERS, type Losses } from "./losses.ts";

/** What lowering needs to know beside the schema. */
export interface LoweringContext {
  readonly losses: Losses;
  readonly at: (node: object, member?: string) => Position;
}

/** The keywords that OpenAPI 3.0.3 (4.7.24) takes over unchanged. */
const SAME = new Set([
  ...[
    "title",
    "description",
    "format",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "discriminator",
    "xml",
  ],
  ...["externalDocs", "example", "enum", "required", "pattern", "minLength", "maxLength", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
]);

/** The keywords whose subschemas OpenAPI 3.0.3 has as well. */
const NESTED = new Set(["properties", "items", "allOf", "anyOf", "oneOf", "not", "additionalProperties"]);

/** A schema of OpenAPI 3.1 as OpenAPI 3.0.3 can say it. What it cannot say is added to the losses. */
export function lowerSchema(schema: Json, context: LoweringContext): Json {
  if (schema === true) return {};
  if (schema === false) return { not: {} };
  if (!isObject(schema)) return schema;
  const { $ref, ...siblings } = schema;
  if ($ref === undefined) return lowerKeywords(schema, schema, context);
  const lowered = lowerKeywords(siblings, schema, context);
  return Object.keys(lowered).length === 0
    ? { $ref }
    : { ...lowered, allOf: [{ $ref }, ...loweredAllOf(lowered)] };
}

function loweredAllOf({ allOf }: JsonObject): readonly Json[] {
  return isList(allOf) ? allOf : [];
}

function lowerKeywords(keywords: JsonObject, source: JsonObject, context: LoweringContext): JsonObject {
  const lowered: Record<string, Json> = {};
  for (const [key, value] of Object.entries(keywords)) {
    Object.assign(lowered, lowerKeyword(key, value, source, context));
  }
  // A type that is a list of types and a bound that excludes itself each become two keywords.
  return { ...lowered, ...lowerNullEnum(lowered) };
}

function lowerKeyword(key: string, value: Json, source: JsonObject, context: LoweringContext): JsonObject {
  if (key === "format" && value === "partial-date") {
    const lost = "format partial-date: a real day of the calendar";
    context.losses.add(context.at(source, key), lost, ENFORCERS.requestValidator);
  }
  if (SAME.has(key)) return { [key]: value };
  if (NESTED.has(key)) return { [key]: lowerNested(key, value, context) };
  if (key === "type") return lowerType(value);
  if (key === "const") return { enum: [value] };
  if (key === "examples") return isList(value) && value[0] !== undefined ? { example: value[0] } : {};
  if (key === "minimum" || key === "maximum") return keepBound(key, value, source);
  if (key === "exclusiveMinimum" || key === "exclusiveMaximum") return lowerExclusive(key, value, source);
  if (key !== "$comment")
    context.losses.add(context.at(source, key), `schema keyword ${key}`, ENFORCERS.requestValidator);
  return {};
}

function lowerNested(key: string, value: Json, context: LoweringContext): Json {
  const many = GRAMMAR.schema[key]?.many;
  if (many === "list") return isList(value) ? value.map((item) => lowerSchema(item, context)) : value;
  if (key === "additionalProperties" && typeof value === "boolean") return value;
  if (many !== "map") return lowerSchema(value, context);
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, item]) => [name, lowerSchema(item, context)]));
}

function lowerType(type: Json): JsonObject {
  if (!isList(type)) return type === "null" ? { enum: [null], nullable: true } : { type };
  const others = type.filter((one) => one !== "null");
  const nullable = others.length < type.length ? { nullable: true } : {};
  const [only] = others;
  if (others.length === 1 && only !== undefined) return { type: only, ...nullable };
  return others.length === 0
    ? { enum: [null], nullable: true }
    : { anyOf: others.map((one) => ({ type: one })), ...nullable };
}

/** In 3.0 an enum of a nullable type has to list null. */
function lowerNullEnum({ nullable, enum: values }: JsonObject): JsonObject {
  return nullable === true && isList(values) && !values.includes(null) ? { enum: [...values, null] } : {};
}

/** In 3.0 a bound is one number and a flag: of two bounds, the stricter stays. */
function keepBound(key: "minimum" | "maximum", value: Json, source: JsonObject): JsonObject {
  return excludes(key, source) ? {} : { [key]: value };
}

function lowerExclusive(
  key: "exclusiveMinimum" | "exclusiveMaximum",
  value: Json,
  source: JsonObject,
): JsonObject {
  const bound = key === "exclusiveMinimum" ? "minimum" : "maximum";
  return excludes(bound, source) ? { [bound]: value, [key]: true } : {};
}

/** True when the exclusive bound is the one that decides. */
function excludes(bound: "minimum" | "maximum", source: JsonObject): boolean {
  const inclusive = source[bound];
  const exclusive = source[bound === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum"];
  if (typeof exclusive !== "number") return false;
  if (typeof inclusive !== "number") return true;
  return bound === "minimum" ? exclusive >= inclusive : exclusive <= inclusive;
}
