import { isObject, objectAt, without, type Json, type JsonObject } from "../load/json.ts";

const GATEWAY_ERROR = "#/components/schemas/GatewayError";

/**
 * A published document without what the generator has added to it: the gateway's own answers, which follow from the policies
 * and not from the contract. What is left compares with the contract's bundle, after the same has been done to that.
 */
export function withoutRefusals(document: JsonObject): JsonObject {
  const components = objectAt(document, "components");
  const responses = withoutKeys(objectAt(components, "responses"), (name) => /^Gateway\d{3}$/.test(name));
  return {
    ...document,
    paths: mapValues(objectAt(document, "paths"), (item) => mapValues(item, withoutOperationRefusals)),
    components:
      Object.keys(responses).length === 0 ? without(components, "responses") : { ...components, responses },
  };
}

/** Does nothing to a member of a path that is no operation. */
function withoutOperationRefusals(operation: Json): Json {
  if (!isObject(operation) || !isObject(operation.responses)) return operation;
  const kept = withoutKeys(operation.responses, (_status, response) => isRefusal(response));
  return { ...operation, responses: mapValues(kept, withoutGatewayContent) };
}

function isRefusal(response: Json): boolean {
  const ref = isObject(response) ? response.$ref : undefined;
  return typeof ref === "string" && /^#\/components\/responses\/Gateway\d{3}$/.test(ref);
}

function withoutGatewayContent(response: Json): Json {
  if (!isObject(response)) return response;
  const content = withoutKeys(objectAt(response, "content"), (_type, media) => isGatewayError(media));
  return Object.keys(content).length === 0 ? without(response, "content") : { ...response, content };
}

function isGatewayError(media: Json): boolean {
  return isObject(media) && isObject(media.schema) && media.schema.$ref === GATEWAY_ERROR;
}

/**
 * The older document with the references of the newer one put back: a response that the gateway has a part in was written
 * out, and is a reference again when that part is left out.
 */
export function restoreReferences(before: JsonObject, after: JsonObject): JsonObject {
  const known = objectAt(objectAt(before, "components"), "responses");
  const restore = (response: Json, now: Json | undefined): Json => {
    const ref = isObject(now) ? now.$ref : undefined;
    const name = typeof ref === "string" ? (ref.split("/").at(-1) ?? "") : "";
    return name in known && JSON.stringify(known[name]) === JSON.stringify(response)
      ? { $ref: ref ?? "" }
      : response;
  };
  const paths = mapValues(objectAt(before, "paths"), (item, path) =>
    mapValues(item, (operation, method) => {
      if (!isObject(operation) || !isObject(operation.responses)) return operation;
      const now = objectAt(objectAt(objectAt(objectAt(after, "paths"), path), method), "responses");
      return {
        ...operation,
        responses: mapValues(operation.responses, (one, status) => restore(one, now[status])),
      };
    }),
  );
  return { ...before, paths };
}

function mapValues(value: Json, change: (item: Json, key: string) => Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}

function withoutKeys(value: JsonObject, isLeftOut: (key: string, item: Json) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key, item]) => !isLeftOut(key, item)));
}
