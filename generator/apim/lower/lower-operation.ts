import { stringAt, type Json, type JsonObject } from "../../load/json.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";
import { lowerContent } from "./lower-content.ts";
import { lowerParameters } from "./lower-parameter.ts";
import { lowerReferable } from "./lower-referable.ts";
import { lowerResponses } from "./lower-response.ts";
import { lowerShape, type Shape } from "./lower-shape.ts";

/**
 * An operation as APIM imports it: parameters, bodies, responses and headers written out, schemas of bodies by name
 * ("API import restrictions and known issues"; OperationContract of the management API).
 * @param item the path item that holds it
 * @param method in lower case
 */
export function lowerOperation(
  item: JsonObject,
  method: string,
  operation: JsonObject,
  compilation: Compilation,
): JsonObject {
  const id = capitalised(stringAt(operation, "operationId") ?? method);
  const lowered = lowerShape(operation, operationShape(id, compilation), compilation);
  const parameters = lowerParameters(item, operation, compilation);
  const { operationId, summary, description, tags, deprecated, ...bodies } = lowered;
  const names = { operationId, summary, description, tags, deprecated };
  return { ...defined(names), ...(parameters.length > 0 && { parameters }), ...bodies };
}

function operationShape(id: string, compilation: Compilation): Shape {
  return {
    taken: {
      ...{ operationId: "same", summary: "same", description: "same", tags: "same", deprecated: "same" },
      parameters: () => ({}),
      requestBody: (value) => ({ requestBody: lowerBody(value, id, compilation) }),
      responses: (value) => lowerResponses(value, id, compilation),
    },
    lost: {
      deprecated: ENFORCERS.portal,
      security: ENFORCERS.subscription,
      servers: ENFORCERS.backend,
      externalDocs: ENFORCERS.portal,
      "x-audit": ENFORCERS.pipeline,
      "x-apim-policies": ENFORCERS.policies,
      "x-codeSamples": ENFORCERS.portal,
    },
  };
}

function lowerBody(node: Json, id: string, compilation: Compilation): JsonObject {
  const shape: Shape = {
    taken: {
      ...{ description: "same", required: "same" },
      content: (value) => lowerContent(value, `${id}Request`, compilation),
    },
    lost: { "x-max-bytes": ENFORCERS.pipeline },
    label: (key) => `body ${key}`,
  };
  return lowerReferable(node, compilation, (target) => lowerShape(target, shape, compilation));
}

function capitalised(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const entries = Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
