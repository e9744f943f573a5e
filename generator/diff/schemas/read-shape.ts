import {
  isList,
  isObject,
  isSchema,
  listAt,
  objectAt,
  stringsAt,
  type Json,
  type JsonObject,
} from "../../load/json.ts";
import { canonicalText } from "./canonical.ts";
import { isWhole, limitsOf, NUMBER_RANGES } from "./read-limits.ts";
import {
  demandKey,
  FREE,
  JSON_TYPES,
  typeOf,
  type Demand,
  type JsonType,
  type Member,
  type Origin,
  type Shape,
  type Values,
} from "./shape.ts";

/** Writes a schema that is compared as a whole as text. */
export type Write = (schema: Json) => string;

/** What the keywords of one schema object, without those that combine schemas, ask of each type that it takes. */
export function readShapes(node: JsonObject, write: Write): Map<JsonType, Shape> {
  const values = readValues(node);
  const shapes = allowedTypes(node).map((type): [JsonType, Shape] => {
    const demands = [...demandsOf(type, node, write), ...wholeDemands(node, write)];
    const shape: Shape = {
      ...FREE,
      values: values && { ...values, byText: ofType(values.byText, type) },
      limits: new Map(limitsOf(type, node)),
      demands: new Map(demands.map((demand) => [demandKey(demand), demand])),
    };
    if (type === "array") return [type, { ...shape, ...readItems(node) }];
    return [type, type === "object" ? { ...shape, ...readMembers(node) } : shape];
  });
  return new Map(shapes.filter(([, { values: some }]) => some?.byText.size !== 0));
}

function allowedTypes(node: JsonObject): readonly JsonType[] {
  const named = typeof node.type === "string" ? [node.type] : stringsAt(node, "type");
  if (named.length === 0) return JSON_TYPES;
  const all = node.nullable === true ? [...named, "null"] : named;
  return JSON_TYPES.filter((type) => all.includes(type) || (type === "number" && all.includes("integer")));
}

function readValues(node: JsonObject): Values | undefined {
  const key = "const" in node ? "const" : "enum";
  const listed = key === "const" ? [node.const ?? null] : node.enum;
  if (!isList(listed)) return undefined;
  const allowed = "const" in node && isList(node.enum) ? listed.filter(isAmong(node.enum)) : listed;
  return { byText: new Map(allowed.map((value) => [canonicalText(value), value])), origin: { node, key } };
}

function isAmong(list: readonly Json[]): (value: Json) => boolean {
  const texts = list.map(canonicalText);
  return (value) => texts.includes(canonicalText(value));
}

function ofType(values: ReadonlyMap<string, Json>, type: JsonType): Map<string, Json> {
  return new Map([...values].filter(([, value]) => typeOf(value) === type));
}

function demandsOf(type: JsonType, node: JsonObject, write: Write): Demand[] {
  const plain = (...keys: string[]): Demand[] =>
    keys.flatMap((key) => demand(node, key, node[key])).filter(({ value }) => value !== false);
  const written = (...keys: string[]): Demand[] =>
    keys.flatMap((key) => (key in node ? demand(node, key, write(node[key] ?? null)) : []));
  if (type === "string")
    return plain("pattern", "format", "x-not-after-today", "contentEncoding", "contentMediaType");
  if (type === "number") {
    const isRange = typeof node.format === "string" && node.format in NUMBER_RANGES;
    return [...plain(...(isRange ? ["multipleOf"] : ["multipleOf", "format"])), ...integerOf(node)];
  }
  if (type === "array")
    return [...plain("uniqueItems"), ...containsOf(node, write), ...written("unevaluatedItems")];
  if (type !== "object") return [];
  return [
    ...written("patternProperties", "propertyNames", "dependentSchemas").filter(
      ({ value }) => value !== "{}",
    ),
    ...plain("discriminator"),
    ...dependenciesOf(node),
  ];
}

function demand(node: JsonObject, key: string, value: Json | undefined): Demand[] {
  return value === undefined ? [] : [{ keyword: key, value, origin: { node, key } }];
}

function integerOf(node: JsonObject): Demand[] {
  return isWhole(node) ? [{ keyword: "multipleOf", value: 1, origin: { node, key: "type" } }] : [];
}

function containsOf(node: JsonObject, write: Write): Demand[] {
  if (!("contains" in node)) return [];
  const { contains = true, minContains = 1, maxContains = null } = node;
  const value = { contains: write(contains), minContains, maxContains };
  return [{ keyword: "contains", value, origin: { node, key: "contains" } }];
}

function dependenciesOf(node: JsonObject): Demand[] {
  return Object.entries(objectAt(node, "dependentRequired")).flatMap(([name, needed]) =>
    (isList(needed) ? needed : []).map((other): Demand => ({
      keyword: "dependentRequired",
      value: [name, other],
      origin: { node, key: "dependentRequired" },
    })),
  );
}

/** Conditions that are compared as a whole, whatever the type. */
function wholeDemands(node: JsonObject, write: Write): Demand[] {
  const not = "not" in node ? demand(node, "not", write(node.not ?? null)) : [];
  if (!("if" in node)) return not;
  const value = ["if", "then", "else"].map((key) => write(node[key] ?? true));
  return [...not, ...demand(node, "if", value)];
}

function readItems(node: JsonObject): Pick<Shape, "prefix" | "items"> {
  const list = listAt(node, "prefixItems");
  const prefix = list.map((item): Member => ({
    term: isSchema(item) ? [item] : [],
    origin: { node, key: "prefixItems" },
  }));
  return { prefix, items: memberAt(node, "items") };
}

function readMembers(node: JsonObject): Pick<Shape, "properties" | "required" | "additional"> {
  const properties = objectAt(node, "properties");
  const members = Object.entries(properties).flatMap(([name, schema]): [string, Member][] =>
    isSchema(schema) ? [[name, { term: [schema], origin: { node: properties, key: name } }]] : [],
  );
  const required = listAt(node, "required");
  const origins = required.map((name, index): [string, Origin] => [
    typeof name === "string" ? name : JSON.stringify(name),
    { node: required, key: String(index) },
  ]);
  return {
    properties: new Map(members),
    required: new Map(origins),
    additional: memberAt(node, "additionalProperties"),
  };
}

/** `true` and `{}` say nothing. */
function memberAt(node: JsonObject, key: string): Member | undefined {
  const schema = node[key];
  if (!isSchema(schema) || schema === true) return undefined;
  if (isObject(schema) && Object.keys(schema).length === 0) return undefined;
  return { term: [schema], origin: { node, key } };
}
