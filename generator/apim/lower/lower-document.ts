import { isList, isObject, objectAt, type Json, type JsonObject } from "../../load/json.ts";
import { urlTemplate } from "../../emit/url-template.ts";
import type { ApiModel, GatewayModel } from "../../model/model.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";
import { lowerOperation } from "./lower-operation.ts";
import { lowerShape, type Shape, type Take } from "./lower-shape.ts";

/** The members of the contract itself; what its components come to is another matter. */
export function lowerDocument(api: ApiModel, gateway: GatewayModel, compilation: Compilation): JsonObject {
  const shape: Shape = {
    taken: {
      openapi: () => ({ openapi: "3.0.3" }),
      info: (value) => ({ info: lowerObject(value, infoShape(compilation), compilation) }),
      tags: (value) => ({
        tags: isList(value) ? value.map((tag) => lowerObject(tag, TAG, compilation)) : value,
      }),
      paths: (value) => ({
        paths: isObject(value) ? lowerPaths(value, api, gateway, compilation) : value,
      }),
      components: () => ({}),
    },
    lost: {
      security: ENFORCERS.subscription,
      servers: ENFORCERS.backend,
      externalDocs: ENFORCERS.portal,
      "x-apim-policies": ENFORCERS.policies,
      "x-apim-products": ENFORCERS.products,
      "x-tagGroups": ENFORCERS.portal,
    },
  };
  return lowerShape(api.document, shape, compilation);
}

function lowerObject(value: Json, shape: Shape, compilation: Compilation): Json {
  return isObject(value) ? lowerShape(value, shape, compilation) : value;
}

/** 3.0 has no `summary`, and a licence has a URL but no identifier; APIM counts versions in its own way. */
function infoShape(compilation: Compilation): Shape {
  const sub =
    (key: string, members: readonly string[]): Take =>
    (value) => ({ [key]: lowerObject(value, keepOnly(`info.${key}`, members), compilation) });
  return {
    taken: {
      ...{ title: "same", description: "same", version: "same", termsOfService: "same" },
      contact: sub("contact", ["name", "url", "email"]),
      license: sub("license", ["name", "url"]),
    },
    lost: { summary: ENFORCERS.portal, version: ENFORCERS.portal },
    label: (key) => `info.${key}`,
  };
}

function keepOnly(name: string, members: readonly string[]): Shape {
  return {
    taken: Object.fromEntries(members.map((member) => [member, "same"])),
    lost: { identifier: ENFORCERS.portal },
    label: (key) => `${name}.${key}`,
  };
}

const TAG: Shape = {
  taken: { name: "same", description: "same", externalDocs: "same" },
  lost: {},
  label: (key) => `tag ${key}`,
};

/** The public operations, at their place below the API's own path. */
function lowerPaths(
  paths: JsonObject,
  api: ApiModel,
  gateway: GatewayModel,
  compilation: Compilation,
): JsonObject {
  const lowered: Record<string, JsonObject> = {};
  for (const [path, item] of Object.entries(paths)) {
    if (!path.startsWith("/") || !isObject(item)) {
      compilation.lose(paths, path, path, ENFORCERS.nothing);
      continue;
    }
    const operations = lowerItem(path, item, api, compilation);
    if (Object.keys(operations).length > 0) lowered[urlTemplate(path, gateway)] = operations;
  }
  return lowered;
}

function lowerItem(path: string, item: JsonObject, api: ApiModel, compilation: Compilation): JsonObject {
  const operations = api.operations.filter((operation) => operation.path === path);
  // Its operations with what the gateway answers; the rest of the item is the contract's own, whose places are known.
  const published = objectAt(objectAt(compilation.document, "paths"), path);
  const taken: Record<string, Take> = {};
  for (const { method, internal, operationId } of operations) {
    const key = method.toLowerCase();
    const node = objectAt(published, key);
    taken[key] = internal
      ? () => loseInternal(operationId, node, compilation)
      : () => ({ [key]: lowerOperation(published, key, node, compilation) });
  }
  if (operations.some(({ internal }) => !internal)) taken.parameters = () => ({});
  return lowerShape(item, { taken, lost: pathLosses(taken), label: (key) => `path ${key}` }, compilation);
}

/** APIM knows operations, and no path as such. */
function pathLosses(taken: Shape["taken"]): Shape["lost"] {
  const lost = { summary: ENFORCERS.portal, description: ENFORCERS.portal, servers: ENFORCERS.backend };
  return "parameters" in taken ? lost : { ...lost, parameters: ENFORCERS.unused };
}

function loseInternal(operationId: string, node: JsonObject, compilation: Compilation): JsonObject {
  compilation.loseWhole(node, `operation ${operationId} (x-internal)`, ENFORCERS.hostKey, "operationId");
  return {};
}
