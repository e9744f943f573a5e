import { GRAMMAR } from "../load/grammar.ts";
import { isList, isObject, type Json, type JsonObject, type Schema } from "../load/json.ts";
import type { Locations } from "../load/locations.ts";
import type { ApiModel, OperationModel, ParameterPlace, ResponseModel } from "../model/model.ts";
import type { CompiledSchema } from "./compile-validators.ts";

const COMPONENT = "#/components/schemas/";

/** The component schemas, each under its own name: a schema that several use is compiled once. */
export function sharedSchemas({ schemas, document }: ApiModel, locations: Locations): CompiledSchema[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const prepared = prepare(schema);
    const at = (isObject(schema) ? locations.find(schema) : undefined) ?? locations.at(document);
    return { name, schema: isObject(prepared) ? prepared : { allOf: [prepared] }, at };
  });
}

/** The schema of each request, `{ path, query, headers, body, today }`. */
export function requestSchemas({ operations }: ApiModel): CompiledSchema[] {
  return operations.map((operation) => ({
    name: requestValidator(operation),
    schema: requestSchema(operation),
    at: operation.at,
  }));
}

/** The schema of each response that an app makes, `{ headers, body }`. */
export function responseSchemas({ operations }: ApiModel): CompiledSchema[] {
  return operations.flatMap((operation) =>
    operation.responses.map((response) => ({
      name: responseValidator(operation, response),
      schema: responseSchema(response),
      at: operation.at,
    })),
  );
}

/** The name of the function that validates an operation's requests. */
export function requestValidator({ operationId }: OperationModel): string {
  return `${operationId}Request`;
}

/** The name of the function that validates an operation's answers of one status. */
export function responseValidator({ operationId }: OperationModel, { status }: ResponseModel): string {
  return `${operationId}Response${status}`;
}

function requestSchema(operation: OperationModel): JsonObject {
  const { body } = operation;
  return {
    type: "object",
    required: ["path", "query", "headers", ...(body?.required ? ["body"] : [])],
    properties: {
      path: parametersSchema(operation, "path"),
      query: { ...parametersSchema(operation, "query"), additionalProperties: false },
      headers: parametersSchema(operation, "header"),
      ...(body && { body: prepare(body.schema) }),
      today: { type: "string" },
    },
  };
}

function parametersSchema({ parameters }: OperationModel, place: ParameterPlace): JsonObject {
  const own = parameters.filter((parameter) => parameter.in === place);
  return recordSchema(own);
}

function responseSchema({ headers, content }: ResponseModel): JsonObject {
  const hasRequired = headers.some((header) => header.required);
  const required = [...(hasRequired ? ["headers"] : []), ...(content ? ["body"] : [])];
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: {
      headers: { ...recordSchema(headers), additionalProperties: false },
      body: content ? prepare(content.schema) : false,
    },
  };
}

function recordSchema(members: readonly { name: string; required: boolean; schema: Schema }[]): JsonObject {
  const required = members.filter((member) => member.required).map(({ name }) => name);
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(members.map(({ name, schema }) => [name, prepare(schema)])),
  };
}

/** What says nothing about whether a value is valid. */
const ANNOTATIONS = new Set([
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

/** A schema without its annotations, its references turned into the `$id`s of the components. */
function prepare(schema: Json): Schema {
  if (!isObject(schema)) return schema !== false;
  const entries = Object.entries(schema).filter(([key]) => !ANNOTATIONS.has(key));
  return boundItems(Object.fromEntries(entries.map(([key, value]) => [key, prepareMember(key, value)])));
}

/**
 * An array that is too long is refused for its length alone. All findings about an array's items are collected, which costs
 * the square of their number: 60 KB of empty items took seconds, a body of 2 MB an hour.
 */
function boundItems(schema: JsonObject): JsonObject {
  const { items, maxItems, ...rest } = schema;
  if (items === undefined || maxItems === undefined || "if" in rest) return schema;
  return { ...rest, if: { maxItems }, then: { items }, else: { maxItems } };
}

function prepareMember(key: string, value: Json): Json {
  if (key === "$ref" && typeof value === "string") return value.replace(COMPONENT, "");
  const member = GRAMMAR.schema[key];
  if (!member) return value;
  if (member.many === "list") return isList(value) ? value.map(prepare) : value;
  if (member.many !== "map") return prepare(value);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, prepare(item)]))
    : value;
}
