import { isObject, isSchema, objectAt, type Json, type JsonObject } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { HeaderModel, ResponseModel } from "./model.ts";

const PROBLEM = "application/problem+json";
const GATEWAY_ERROR = "#/components/schemas/GatewayError";

/** The responses that an app makes. What only the gateway answers (a body that is a `GatewayError`) is left out. */
export function readResponses(operation: JsonObject, reader: ContractReader): ResponseModel[] {
  return Object.entries(objectAt(operation, "responses")).flatMap(([status, node]) => {
    const response = reader.deref(node);
    const content = objectAt(response, "content");
    const own = Object.entries(content).filter(([, media]) => !isGatewayError(media));
    const isGatewaysOnly = own.length === 0 && Object.keys(content).length > 0;
    return isGatewaysOnly ? [] : [readResponse(status, response, own, reader)];
  });
}

function readResponse(
  status: string,
  response: JsonObject,
  content: readonly [string, Json][],
  reader: ContractReader,
): ResponseModel {
  const [first, ...others] = content;
  if (others.length > 0) {
    reader.report(response, "content", "contract/response", "an app answers a status with one media type");
  }
  const origin = first?.[0] === PROBLEM ? "problem" : "handler";
  if (origin === "handler" && !/^[1-5]\d\d$/.test(status)) {
    reader.report(
      response,
      undefined,
      "contract/response",
      `a handler answers with a status of its own, not ${status}`,
    );
  }
  return { status, origin, headers: readHeaders(response, reader), content: first ? readMedia(first) : null };
}

function readMedia([contentType, media]: [string, Json]): ResponseModel["content"] {
  const schema = isObject(media) ? media.schema : undefined;
  return { contentType: contentType.toLowerCase(), schema: isSchema(schema) ? schema : true };
}

function readHeaders(response: JsonObject, reader: ContractReader): HeaderModel[] {
  return Object.entries(objectAt(response, "headers")).map(([name, node]) => {
    const header = reader.deref(node);
    const schema = header.schema;
    return {
      name: name.toLowerCase(),
      required: header.required === true,
      schema: isSchema(schema) ? schema : true,
    };
  });
}

function isGatewayError(media: Json): boolean {
  const schema = isObject(media) ? media.schema : undefined;
  return isObject(schema) && schema.$ref === GATEWAY_ERROR;
}
