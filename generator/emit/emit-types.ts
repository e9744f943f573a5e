import { GRAMMAR } from "../load/grammar.ts";
import { isList, isObject, type Json, type JsonObject, type Schema } from "../load/json.ts";
import type {
  ApiModel,
  OperationModel,
  ParameterModel,
  ParameterPlace,
  PlatformModel,
  ResponseModel,
} from "../model/model.ts";
import { artefact, type Artefact } from "./artefact.ts";
import type { TypesInputs } from "./print-types.ts";
import { isStreamed, LINES } from "./streamed.ts";

/**
 * The types of each API: `components` by openapi-typescript, and what a handler takes and returns. The latter is itself
 * put as a schema, so that one printer decides how everything looks.
 */
export function emitTypes({ apis }: PlatformModel): Artefact[] {
  return apis.map((api) =>
    artefact(`${api.name}/types.ts`, api.files, inputsOf(api), async (inputs) => {
      const { printTypes } = await import("./print-types.ts");
      return printTypes(inputs);
    }),
  );
}

function inputsOf({ name, files, schemas, operations }: ApiModel): TypesInputs {
  return {
    path: `${name}/types.ts`,
    source: files[0],
    schemas: Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, keepTyped(schema)])),
    operations: Object.fromEntries(
      operations.map((operation) => [operation.operationId, keepTyped(operationSchema(operation))]),
    ),
  };
}

/** What a type cannot say, and openapi-typescript prints nothing for: its change leaves the types as they are. */
const UNTYPED = new Set([
  ...["minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
  "x-not-after-today",
]);

function keepTyped(schema: Json): Schema {
  if (!isObject(schema)) return schema !== false;
  const entries = Object.entries(schema).filter(([key]) => !UNTYPED.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, keepTypedMember(key, value)]));
}

function keepTypedMember(key: string, value: Json): Json {
  const member = GRAMMAR.schema[key];
  if (!member) return value;
  if (member.many === "list") return isList(value) ? value.map(keepTyped) : value;
  if (member.many !== "map") return keepTyped(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, keepTyped(item)]));
}

/** What no JSON Schema says: these print as literals, which are replaced. */
const ABSENT: JsonObject = { const: "#absent" };
/** What a response does not have must not be given. */
const NEVER: JsonObject = { const: "#never" };
/** An object without members, of which none can be read; of a `Record<string, never>` any can. */
const EMPTY: JsonObject = { const: "#empty" };

function operationSchema(operation: OperationModel): Schema {
  const handled = operation.responses.filter(({ origin }) => origin === "handler");
  return objectOf({
    request: objectOf({
      path: parametersOf(operation, "path"),
      query: parametersOf(operation, "query"),
      headers: parametersOf(operation, "header"),
      body: bodySchema(operation),
    }),
    response:
      handled.length === 1 && handled[0]
        ? responseSchema(handled[0])
        : { oneOf: handled.map(responseSchema) },
  });
}

function bodySchema({ body }: OperationModel): Schema {
  if (!body) return ABSENT;
  return body.required ? body.schema : { oneOf: [body.schema, ABSENT] };
}

function parametersOf({ parameters }: OperationModel, place: ParameterPlace): Schema {
  const own = parameters.filter((parameter) => parameter.in === place);
  return own.length > 0 ? recordOf(own) : EMPTY;
}

function responseSchema({ status, headers, content }: ResponseModel): Schema {
  const isRequired = headers.some(({ required }) => required);
  const properties = {
    status: { const: Number(status) },
    headers: headers.length > 0 ? recordOf(headers) : NEVER,
    body: content ? answerSchema(content) : NEVER,
  };
  return objectOf(properties, ["status", ...(isRequired ? ["headers"] : []), ...(content ? ["body"] : [])]);
}

/** What is answered line by line is given line by line. */
function answerSchema(content: NonNullable<ResponseModel["content"]>): Schema {
  return isStreamed(content) ? objectOf({ [LINES]: content.schema }) : content.schema;
}

function recordOf(members: readonly Pick<ParameterModel, "name" | "required" | "schema">[]): Schema {
  const properties = Object.fromEntries(members.map(({ name, schema }) => [name, schema]));
  return objectOf(
    properties,
    members.filter(({ required }) => required).map(({ name }) => name),
  );
}

function objectOf(properties: Record<string, Schema>, required = Object.keys(properties)): JsonObject {
  return { type: "object", properties, required };
}
