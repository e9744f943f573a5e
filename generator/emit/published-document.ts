import { isObject, objectAt, type Json, type JsonObject } from "../load/json.ts";
import { dereference } from "../model/contract-reader.ts";
import type { ApiModel, OperationModel, PlatformModel } from "../model/model.ts";
import { gatewayRefusals, type GatewayRefusal } from "../policies/refusals.ts";
import type { XmlElement } from "../policies/xml.ts";

const GATEWAY_CONTENT: JsonObject = {
  "application/json": { schema: { $ref: "#/components/schemas/GatewayError" } },
};

/**
 * The bundled contract with what the gateway answers by itself: on every public operation, each refusal that the policies
 * on its way can cause, as `application/json` `GatewayError` (DESIGN, decision 5).
 */
export function publishedDocument(api: ApiModel, model: PlatformModel): JsonObject {
  const byPath = new Map<string, Map<string, JsonObject>>();
  const used = new Map<string, GatewayRefusal>();
  for (const operation of api.operations) {
    const refusals = operation.internal ? [] : gatewayRefusals(policiesOnTheWay(api, operation, model));
    for (const refusal of refusals) used.set(refusal.status, refusal);
    const item = byPath.get(operation.path) ?? new Map<string, JsonObject>();
    item.set(operation.method.toLowerCase(), withRefusals(operation, refusals, api, model));
    byPath.set(operation.path, item);
  }
  const components = objectAt(api.document, "components");
  const responses = { ...objectAt(components, "responses"), ...refusalComponents([...used.values()]) };
  return {
    ...api.document,
    paths: mergePaths(api.document, byPath),
    components: { ...components, responses },
  };
}

function policiesOnTheWay(
  api: ApiModel,
  { operationId }: OperationModel,
  model: PlatformModel,
): XmlElement[] {
  const documents = model.policies.apis.get(api.name);
  const products = (api.gateway?.products ?? []).map((product) => model.policies.products.get(product));
  const all = [model.policies.global, ...products, documents?.api, documents?.operations.get(operationId)];
  return all.filter((document) => document !== undefined);
}

function withRefusals(
  operation: OperationModel,
  refusals: readonly GatewayRefusal[],
  { document }: ApiModel,
  { locations }: PlatformModel,
): JsonObject {
  const declared = objectAt(operation.node, "responses");
  const added = refusals.map(({ status }): [string, Json] => {
    const own = declared[status];
    if (own === undefined) return [status, { $ref: `#/components/responses/Gateway${status}` }];
    const response = dereference(document, own);
    const merged = { ...response, content: { ...objectAt(response, "content"), ...GATEWAY_CONTENT } };
    locations.carry(response, merged);
    return [status, merged];
  });
  const responses = { ...declared, ...Object.fromEntries(added) };
  locations.carry(declared, responses);
  const copy = { ...operation.node, responses };
  locations.carry(operation.node, copy);
  return copy;
}

function refusalComponents(refusals: readonly GatewayRefusal[]): JsonObject {
  return Object.fromEntries(
    refusals.map(({ status, description }) => [
      `Gateway${status}`,
      { description, ...headersOf(status), content: GATEWAY_CONTENT },
    ]),
  );
}

/** What APIM sends beside the body. */
function headersOf(status: string): JsonObject {
  if (status === "401") {
    const schema = { type: "string", maxLength: 512 };
    return { headers: { "WWW-Authenticate": { description: "How to send the key.", schema } } };
  }
  if (status === "429") {
    const schema = { type: "integer", minimum: 0, maximum: 86_400 };
    return { headers: { "Retry-After": { description: "In seconds.", schema } } };
  }
  return {};
}

function mergePaths(
  document: JsonObject,
  operations: ReadonlyMap<string, ReadonlyMap<string, JsonObject>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(objectAt(document, "paths")).map(([path, item]): [string, Json] => {
      const own = isObject(item) ? item : {};
      return [path, { ...own, ...Object.fromEntries(operations.get(path) ?? []) }];
    }),
  );
}
