import { isList, isObject, objectAt, type Json, type JsonObject } from "../../../generator/load/json.ts";
import { join, pointerOf, valueAt } from "./pointer.ts";

/** The schemas that a value at some place must all keep, by their pointers. */
export type SchemaPlace = readonly string[];

/** One keyword of a schema, and where it stands. */
export interface Rule {
  readonly keyword: string;
  readonly value: Json;
  readonly pointer: string;
}

/** A schema with what it refers to and what its `allOf` adds, as one list of rules. */
export interface JoinedSchema {
  readonly place: SchemaPlace;
  /** Everything that may refuse a value, but for the applicators below. */
  readonly rules: readonly Rule[];
  /** What each named member must keep. */
  readonly properties: ReadonlyMap<string, SchemaPlace>;
  readonly required: readonly string[];
  /** Whether a member without a name in the schema is refused. */
  readonly closed: boolean;
  readonly items: SchemaPlace | null;
  /** Keywords for which the generator of cases knows no values. */
  readonly unknown: readonly Rule[];
}

/** Rules about a single value: for each there are cases that keep it and cases that break it. */
export const RULES: ReadonlySet<string> = new Set([
  "type",
  "enum",
  "const",
  "pattern",
  "format",
  "x-not-after-today",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "required",
  "additionalProperties",
]);

/** They say nothing about whether a value is valid. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "deprecated",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "writeOnly",
  "xml",
  "$comment",
]);

const joined = new WeakMap<JsonObject, Map<string, JoinedSchema>>();

/** Joins what holds at a place. */
export function joinSchemas(document: JsonObject, place: SchemaPlace): JoinedSchema {
  const known = joined.get(document) ?? new Map<string, JoinedSchema>();
  joined.set(document, known);
  const key = place.join("\n");
  const schema = known.get(key) ?? joinAll(document, place);
  known.set(key, schema);
  return schema;
}

function joinAll(document: JsonObject, place: SchemaPlace): JoinedSchema {
  const rules: Rule[] = [];
  const unknown: Rule[] = [];
  const properties = new Map<string, string[]>();
  const items: string[] = [];
  const visit = (pointer: string) => {
    const schema = valueAt(document, pointer);
    if (!isObject(schema)) return;
    for (const [keyword, value] of Object.entries(schema)) {
      const at = join(pointer, keyword);
      if (keyword === "$ref" && typeof value === "string") visit(pointerOf(value));
      else if (keyword === "allOf" && isList(value)) value.forEach((_, index) => visit(join(at, index)));
      else if (keyword === "items") items.push(at);
      else if (keyword === "properties") {
        for (const name of Object.keys(objectAt(schema, keyword)))
          properties.set(name, [...(properties.get(name) ?? []), join(at, name)]);
      } else if (RULES.has(keyword)) rules.push({ keyword, value, pointer: at });
      else if (!ANNOTATIONS.has(keyword)) unknown.push({ keyword, value, pointer: at });
    }
  };
  place.forEach(visit);
  return {
    place,
    rules,
    unknown: [...unknown, ...rules.filter(isOpenSchema)],
    properties,
    required: rules.filter(({ keyword }) => keyword === "required").flatMap(({ value }) => stringsOf(value)),
    closed: rules.some(({ keyword, value }) => keyword === "additionalProperties" && value === false),
    items: items.length > 0 ? items : null,
  };
}

/** The types that a schema admits; `null` when it does not say. */
export function typesOf({ rules }: JoinedSchema): readonly string[] | null {
  const types = valuesOf(rules, "type").map((value) =>
    typeof value === "string" ? [value] : stringsOf(value),
  );
  const [first, ...others] = types;
  return first ? first.filter((type) => others.every((other) => other.includes(type))) : null;
}

/** The strictest of the limits of a keyword. */
export function limitOf({ rules }: JoinedSchema, keyword: string): number | undefined {
  const limits = valuesOf(rules, keyword).filter((value) => typeof value === "number");
  if (limits.length === 0) return undefined;
  return keyword.startsWith("max") || keyword === "exclusiveMaximum"
    ? Math.min(...limits)
    : Math.max(...limits);
}

/** The values of a keyword, one for each schema that has it. */
export function valuesOf(rules: readonly Rule[], keyword: string): Json[] {
  return rules.filter((rule) => rule.keyword === keyword).map(({ value }) => value);
}

export function stringsOf(value: Json): string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Members of any name that have a schema: no generated case has one. */
function isOpenSchema({ keyword, value }: Rule): boolean {
  return keyword === "additionalProperties" && isObject(value) && Object.keys(value).length > 0;
}
