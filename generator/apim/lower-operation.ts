import { isList, isObject, listAt, objectAt, type Json, type JsonObject } from "../load/json.ts";
import { dereference } from "../model/contract-reader.ts";
import { ENFORCERS } from "./losses.ts";
import { lowerSchema, type LoweringContext } from "./lower-schema.ts";

/** Where an operation is lowered: its document, and the schemas that it names on the way. */
export interface OperationContext extends LoweringContext {
  readonly document: JsonObject;
  /** Gives an inline schema of a body a name of its own, as APIM would (but a readable one). */
  readonly nameSchema: (name: string, schema: JsonObject) => JsonObject;
}

/**
 * An operation as APIM imports it: parameters, bodies, responses and headers inline, schemas of bodies by name,
 * extensions, links and security left out.
 */
export function lowerOperation(
  item: JsonObject,
  operation: JsonObject,
  context: OperationContext,
): JsonObject {
  recordLosses(operation, context);
  const { operationId, summary, description, tags, deprecated } = operation;
  const id =
    typeof operationId === "string" ? `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}` : "";
  const parameters = lowerParameters(item, operation, context);
  return {
    ...defined({ operationId, summary, description, tags, deprecated }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.requestBody !== undefined && {
      requestBody: lowerBody(operation.requestBody, id, context),
    }),
    responses: lowerResponses(operation, id, context),
  };
}

function recordLosses(operation: JsonObject, { losses, at }: OperationContext): void {
  const standIns: Readonly<Record<string, string>> = {
    "x-audit": ENFORCERS.pipeline,
    "x-apim-policies": ENFORCERS.policies,
    security: ENFORCERS.subscription,
  };
  for (const [key, enforcedBy] of Object.entries(standIns)) {
    if (key in operation) losses.add(at(operation, key), key, enforcedBy);
  }
}

function lowerParameters(item: JsonObject, operation: JsonObject, context: OperationContext): JsonObject[] {
  const byKey = new Map<string, JsonObject>();
  for (const node of [...listAt(item, "parameters"), ...listAt(operation, "parameters")]) {
    const parameter = dereference(context.document, node);
    byKey.set(JSON.stringify([parameter.in, parameter.name]), lowerParameter(parameter, context));
  }
  return [...byKey.values()];
}

function lowerParameter(parameter: JsonObject, context: OperationContext): JsonObject {
  if ("x-invalid-status" in parameter) {
    const at = context.at(parameter, "x-invalid-status");
    context.losses.add(at, "x-invalid-status", ENFORCERS.pipeline);
  }
  const { name, in: place, description, required, deprecated, example } = parameter;
  return {
    ...defined({ name, in: place, description, required, deprecated, example }),
    schema: inlineSchema(parameter.schema ?? {}, context),
    ...lowerExamples(parameter, context),
  };
}

/** Parameters and headers cannot name a schema in APIM. */
function inlineSchema(schema: Json, context: OperationContext): Json {
  const { $ref, ...siblings } = isObject(schema) ? schema : {};
  if ($ref === undefined) return lowerSchema(schema, context);
  const target = inlineSchema(dereference(context.document, { $ref }), context);
  return { ...(isObject(target) ? target : {}), ...objectOf(lowerSchema(siblings, context)) };
}

function lowerBody(node: Json, id: string, context: OperationContext): JsonObject {
  const body = dereference(context.document, node);
  if ("x-max-bytes" in body)
    context.losses.add(context.at(body, "x-max-bytes"), "x-max-bytes", ENFORCERS.pipeline);
  const { description, required } = body;
  return { ...defined({ description, required }), content: lowerContent(body, `${id}Request`, context) };
}

function lowerResponses(operation: JsonObject, id: string, context: OperationContext): JsonObject {
  const responses = Object.entries(objectAt(operation, "responses")).map(
    ([status, node]): [string, JsonObject] => {
      const response = dereference(context.document, node);
      if ("links" in response) context.losses.add(context.at(response, "links"), "links", ENFORCERS.portal);
      const headers = Object.entries(objectAt(response, "headers"));
      return [
        status,
        {
          ...defined({ description: response.description }),
          ...(headers.length > 0 && { headers: lowerHeaders(headers, context) }),
          ...("content" in response && {
            content: lowerContent(response, `${id}Response${status}`, context),
          }),
        },
      ];
    },
  );
  return Object.fromEntries(responses);
}

function lowerHeaders(headers: readonly [string, Json][], context: OperationContext): JsonObject {
  return Object.fromEntries(
    headers.map(([name, node]): [string, JsonObject] => {
      const { description, required, schema = {} } = dereference(context.document, node);
      return [name, { ...defined({ description, required }), schema: inlineSchema(schema, context) }];
    }),
  );
}

function lowerContent(owner: JsonObject, name: string, context: OperationContext): JsonObject {
  return Object.fromEntries(
    Object.entries(objectAt(owner, "content")).map(([type, media]): [string, JsonObject] => {
      const { schema, example } = objectOf(media);
      const lowered = schema === undefined ? undefined : lowerSchema(schema, context);
      const named = isObject(lowered) && !("$ref" in lowered) ? context.nameSchema(name, lowered) : lowered;
      return [type, { ...defined({ schema: named, example }), ...lowerExamples(objectOf(media), context) }];
    }),
  );
}

function lowerExamples(owner: JsonObject, context: OperationContext): JsonObject {
  const entries = Object.entries(objectAt(owner, "examples")).map(([name, node]): [string, Json] => {
    const { summary, description, value } = dereference(context.document, node);
    return [name, defined({ summary, description, value })];
  });
  return entries.length === 0 ? {} : { examples: Object.fromEntries(entries) };
}

function objectOf(value: Json): JsonObject {
  return isObject(value) && !isList(value) ? value : {};
}

function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const entries = Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
