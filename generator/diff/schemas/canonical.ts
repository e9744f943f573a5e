import { GRAMMAR } from "../../load/grammar.ts";
import { isList, isObject, type Json, type JsonObject, type Schema } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";

/** Keywords that accept and refuse nothing (JSON Schema 2020-12, Validation 9; OpenAPI 3.1.1, 4.8.24). */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  "$comment",
  "$defs",
  "default",
  "deprecated",
  "description",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "title",
  "writeOnly",
  "xml",
]);

/** Lists whose order says nothing. */
const SETS: ReadonlySet<string> = new Set(["allOf", "anyOf", "enum", "oneOf", "required", "type"]);

/** One text for equal values, whatever the order of their keys. */
export function canonicalText(value: Json): string {
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/**
 * One text for schemas that are written alike, whatever they are called and described as: components are put in place, and
 * what only informs is left out.
 * @param onRead told of every object that was read
 */
export function canonicalSchema(
  schema: Schema,
  document: JsonObject,
  onRead: (node: JsonObject) => void = () => undefined,
): string {
  return writeSchema(schema, { document, onRead, open: [] });
}

interface Context {
  readonly document: JsonObject;
  readonly onRead: (node: JsonObject) => void;
  /** The components that are being written: a recursive one names how far up it is. */
  readonly open: readonly JsonObject[];
}

function writeSchema(schema: Json, context: Context): string {
  if (!isObject(schema)) return JSON.stringify(schema);
  context.onRead(schema);
  const rest = Object.entries(schema).filter(([key]) => key !== "$ref" && !ANNOTATIONS.has(key));
  const members = rest
    .map(([key, value]) => `${JSON.stringify(key)}:${writeMember(key, value, context)}`)
    .sort();
  if (schema.$ref === undefined) return `{${members.join(",")}}`;
  const target = writeTarget(schema, context);
  return members.length === 0 ? target : `{"allOf":[${target}],${members.join(",")}}`;
}

function writeTarget(schema: JsonObject, context: Context): string {
  const target = dereference(context.document, schema);
  const above = context.open.lastIndexOf(target);
  if (above >= 0) return `"^${context.open.length - above}"`;
  return writeSchema(target, { ...context, open: [...context.open, target] });
}

function writeMember(key: string, value: Json, context: Context): string {
  const member = GRAMMAR.schema[key];
  if (SETS.has(key) && isList(value))
    return `[${value
      .map((item) => (member ? writeSchema(item, context) : canonicalText(item)))
      .sort()
      .join(",")}]`;
  if (!member) return canonicalText(value);
  if (member.many === "list" && isList(value))
    return `[${value.map((item) => writeSchema(item, context)).join(",")}]`;
  if (member.many !== "map" || !isObject(value)) return writeSchema(value, context);
  const named = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}:${writeSchema(item, context)}`,
  );
  return `{${named.sort().join(",")}}`;
}
