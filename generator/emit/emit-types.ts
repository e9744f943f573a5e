import openapiTS, { astToString } from "openapi-typescript";
import type { JsonObject, Schema } from "../load/json.ts";
import type {
  ApiModel,
  OperationModel,
  ParameterModel,
  ParameterPlace,
  PlatformModel,
  ResponseModel,
} from "../model/model.ts";
import { codeFile, type OutputFile } from "./output.ts";

/**
 * The types of each API: `components` by openapi-typescript, and what a handler takes and returns. The latter is itself
 * put as a schema, so that one printer decides how everything looks.
 */
export async function emitTypes({ apis }: PlatformModel): Promise<OutputFile[]> {
  return Promise.all(apis.map(emitApi));
}

async function emitApi({ name, files, schemas, operations }: ApiModel): Promise<OutputFile> {
  const printed = await printTypes({
    openapi: "3.1.0",
    info: { title: name, version: "0.0.0" },
    paths: {},
    components: { schemas },
    $defs: objectOf(
      Object.fromEntries(operations.map((operation) => [operation.operationId, operationSchema(operation)])),
    ),
  });
  const ids = operations.map(({ operationId }) => `  | "${operationId}"`).join("\n");
  return codeFile(
    `${name}/types.ts`,
    [files[0]],
    `${keepOwn(printed)}\nexport type OperationId =\n${ids};\n${HANDLERS}`,
  );
}

const HANDLERS = `
/** The handlers of the API: one for each operation, returning what the contract declares and nothing else. */
export type Handlers<Context> = {
  [K in OperationId]: (request: Operations[K]["request"], context: Context) => Promise<Operations[K]["response"]>;
};
`;

async function printTypes(document: JsonObject | object): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    silent: true,
    // A default is filled in by whoever reads the value: the client may leave it out.
    defaultNonNullable: false,
  });
  return astToString(nodes);
}

/** Leaves out the parts of the printed document that are empty here, and gives `$defs` its name. */
function keepOwn(printed: string): string {
  return printed
    .replaceAll(/^export type (paths|webhooks|operations) = .*\n/gm, "")
    .replaceAll(/^ {4}(responses|parameters|requestBodies|headers|pathItems): never;\n/gm, "")
    .replaceAll(/^ *\/\*\* @constant \*\/\n/gm, "")
    .replaceAll('"#absent"', "undefined")
    .replace(
      "export interface $defs {",
      "/** What the handler of each operation takes and returns. Problems are thrown, not returned. */\nexport interface Operations {",
    );
}

/** No JSON Schema says `undefined`: this one prints as a literal, which is replaced. */
const ABSENT: JsonObject = { const: "#absent" };

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
  return recordOf(parameters.filter((parameter) => parameter.in === place));
}

function responseSchema({ status, headers, content }: ResponseModel): Schema {
  const isRequired = headers.some(({ required }) => required);
  const properties = {
    status: { const: Number(status) },
    ...(headers.length > 0 && { headers: recordOf(headers) }),
    ...(content && { body: content.schema }),
  };
  return objectOf(
    properties,
    Object.keys(properties).filter((key) => key !== "headers" || isRequired),
  );
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
