import { GRAMMAR } from "../../load/grammar.ts";
import { isList, isObject, type Json, type JsonObject } from "../../load/json.ts";
import { readAsDotnet } from "./dotnet-pattern.ts";
import { ENFORCERS } from "../losses.ts";
import { isBound, lowerBound } from "./lower-bound.ts";
import type { LossContext } from "./lower-shape.ts";
import { lowerType } from "./lower-type.ts";
import { FORMATS, SAME, schemaLoss } from "./schema-losses.ts";

/** What lowering needs to know beside the schema. */
export interface SchemaContext extends LossContext {
  /** What stands for the `$ref` of a schema in the import document. */
  reference(schema: JsonObject): LoweredSchema;
}

/** A schema as OpenAPI 3.0.3 can say it. */
export interface LoweredSchema {
  readonly schema: Json;
  /** False when it admits more than the schema of the contract. It never admits less. */
  readonly exact: boolean;
}

/**
 * A schema of OpenAPI 3.1 (JSON Schema 2020-12) as one of OpenAPI 3.0.3 (4.7.24). What 3.0.3 cannot say is told to
 * the context and left out in such a way that the rest admits at least what the contract admits: APIM must refuse
 * nothing that the app takes.
 */
export function lowerSchema(schema: Json, context: SchemaContext): LoweredSchema {
  if (schema === true) return { schema: {}, exact: true };
  if (schema === false) return { schema: { not: {} }, exact: true };
  if (!isObject(schema)) return { schema, exact: true };
  const pieces = Object.keys(schema).map((key) => lowerKeyword(key, schema, context));
  return { schema: joinPieces(pieces, schema), exact: pieces.every(({ exact }) => exact) };
}

/** What one keyword becomes. */
interface Piece {
  readonly keywords: JsonObject;
  readonly exact: boolean;
  /** True for what must stand in a schema of its own. */
  readonly apart?: boolean;
}

const NOTHING: Piece = { keywords: {}, exact: true };

function lowerKeyword(key: string, schema: JsonObject, context: SchemaContext): Piece {
  const value = schema[key] ?? null;
  if (key === "$ref") return lowerReference(schema, context);
  if (key === "type") return keep(lowerType(value));
  if (key === "const") return keep({ enum: [value] });
  if (key === "format") return lowerFormat(value, schema, context);
  if (key === "pattern") return lowerPattern(value, schema, context);
  if (key === "examples") return lowerExamples(value, schema, context);
  if (key === "readOnly" || key === "writeOnly") return lowerUse(key, value, schema, context);
  if (isBound(key)) return keepBound(lowerBound(key, value, schema), key, schema, context);
  if (SAME.has(key)) return keep({ [key]: value });
  if (NESTED.has(key) && !(key in LEFT_OUT_WITH && (LEFT_OUT_WITH[key] ?? "") in schema))
    return lowerNested(key, value, schema, context);
  return lose(key, schema, context);
}

/** The keywords whose subschemas OpenAPI 3.0.3 has as well. */
const NESTED = new Set(["properties", "items", "allOf", "anyOf", "oneOf", "not", "additionalProperties"]);

/** Each speaks of what the other leaves: without the other it would forbid too much. */
const LEFT_OUT_WITH: Readonly<Record<string, string>> = {
  items: "prefixItems",
  additionalProperties: "patternProperties",
};

function keep(keywords: JsonObject): Piece {
  return { keywords, exact: true };
}

function lose(key: string, schema: JsonObject, context: SchemaContext): Piece {
  const { enforcedBy, weakens } = schemaLoss(key);
  context.lose(schema, key, `schema keyword ${key}`, enforcedBy);
  return { keywords: {}, exact: !weakens };
}

function lowerReference(schema: JsonObject, context: SchemaContext): Piece {
  const { schema: target, exact } = context.reference(schema);
  return { keywords: isObject(target) ? target : {}, exact, apart: true };
}

function lowerFormat(value: Json, schema: JsonObject, context: SchemaContext): Piece {
  const known = typeof value === "string" && FORMATS.has(value);
  if (!known)
    context.lose(schema, "format", `format ${JSON.stringify(value)} as a check`, ENFORCERS.validators);
  return keep({ format: value });
}

function lowerPattern(value: Json, schema: JsonObject, context: SchemaContext): Piece {
  const { unknown, other } = typeof value === "string" ? readAsDotnet(value) : { unknown: [], other: [] };
  if (unknown.length > 0) {
    context.lose(
      schema,
      "pattern",
      `pattern, which .NET refuses: ${unknown.join(", ")}`,
      ENFORCERS.validators,
    );
    return { keywords: {}, exact: false };
  }
  if (other.length > 0)
    context.lose(
      schema,
      "pattern",
      `pattern as it is meant: in .NET ${other.join(", ")}`,
      ENFORCERS.validators,
    );
  return keep({ pattern: value });
}

/** 3.0.3 has room for one. */
function lowerExamples(value: Json, schema: JsonObject, context: SchemaContext): Piece {
  const [first, ...others] = isList(value) ? value : [];
  const taken = first !== undefined && !("example" in schema);
  if (taken && others.length === 0) return keep({ example: first });
  context.lose(schema, "examples", taken ? "examples after the first" : "examples", ENFORCERS.portal);
  return taken ? keep({ example: first }) : NOTHING;
}

function lowerUse(key: string, value: Json, schema: JsonObject, context: SchemaContext): Piece {
  context.lose(schema, key, `${key} as a check`, ENFORCERS.perUse);
  return keep({ [key]: value });
}

function keepBound(
  bound: JsonObject | undefined,
  key: string,
  schema: JsonObject,
  context: SchemaContext,
): Piece {
  if (bound) return keep(bound);
  context.lose(schema, key, `schema keyword ${key}`, ENFORCERS.beside);
  return NOTHING;
}

function lowerNested(key: string, value: Json, schema: JsonObject, context: SchemaContext): Piece {
  if (key === "additionalProperties" && typeof value === "boolean") return keep({ [key]: value });
  const { value: lowered, exact } = lowerMembers(key, value, context);
  if (exact || (key !== "not" && key !== "oneOf")) return { keywords: { [key]: lowered }, exact };
  if (key === "not") return lose(key, schema, context);
  // Branches that admit more than they should may admit the same value, which oneOf would refuse.
  context.lose(schema, key, "oneOf: that no more than one of them holds", ENFORCERS.validators);
  return { keywords: { anyOf: lowered }, exact };
}

interface LoweredMembers {
  readonly value: Json;
  readonly exact: boolean;
}

function lowerMembers(key: string, value: Json, context: SchemaContext): LoweredMembers {
  const many = GRAMMAR.schema[key]?.many;
  if (many === "list" && isList(value)) {
    const lowered = value.map((item) => lowerSchema(item, context));
    return { value: lowered.map(({ schema }) => schema), exact: lowered.every(({ exact }) => exact) };
  }
  if (many === "map" && isObject(value)) {
    const lowered = Object.entries(value).map(([name, item]) => ({ name, ...lowerSchema(item, context) }));
    return {
      value: Object.fromEntries(lowered.map(({ name, schema }) => [name, schema])),
      exact: lowered.every(({ exact }) => exact),
    };
  }
  if (many !== undefined) return { value, exact: true };
  const { schema, exact } = lowerSchema(value, context);
  return { value: schema, exact };
}

/**
 * Puts the pieces into one schema. A reference has no company in 3.0.3, and two keywords can become the same one:
 * what finds its place taken goes into `allOf`.
 */
function joinPieces(pieces: readonly Piece[], source: JsonObject): JsonObject {
  const joined: Record<string, Json> = {};
  const apart: JsonObject[] = [];
  for (const { keywords, apart: alone } of pieces) {
    const taken = Object.keys(keywords).some((key) => key in joined);
    if (alone === true || taken) apart.push(keywords);
    else Object.assign(joined, keywords);
  }
  // 3.0.3 asks for `items` of every array.
  if (joined.type === "array" && !("items" in joined)) joined.items = {};
  const [only] = apart;
  if (only && Object.keys(source).length === 1) return only;
  return apart.length === 0 ? joined : { ...joined, allOf: [...apart, ...listOf(joined.allOf)] };
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
