import { isObject, type Json, type JsonObject } from "../../load/json.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";
import { lowerContent } from "./lower-content.ts";
import { valueShape, VALUE_LOSSES, withSchema } from "./lower-parameter.ts";
import { lowerReferable } from "./lower-referable.ts";
import { lowerShape, type Shape } from "./lower-shape.ts";

/**
 * The responses of an operation. APIM keeps a response by its number (ResponseContract of the management API), so
 * `default` and ranges such as `4XX` get lost.
 * @param id what inline schemas are called after
 */
export function lowerResponses(responses: Json, id: string, compilation: Compilation): JsonObject {
  if (!isObject(responses)) return { responses };
  const lowered = Object.entries(responses).flatMap(([status, node]): [string, Json][] => {
    if (/^[1-5]\d\d$/.test(status))
      return [[status, lowerResponse(node, `${id}Response${status}`, compilation)]];
    const lost = status.startsWith("x-") ? status : `response ${status}`;
    compilation.lose(responses, status, lost, ENFORCERS.validators);
    return [];
  });
  return { responses: Object.fromEntries(lowered) };
}

function lowerResponse(node: Json, name: string, compilation: Compilation): JsonObject {
  const shape: Shape = {
    taken: {
      description: "same",
      headers: (value) => lowerHeaders(value, compilation),
      content: (value) => lowerContent(value, name, compilation),
    },
    lost: { links: ENFORCERS.portal },
  };
  return lowerReferable(node, compilation, (target) => lowerShape(target, shape, compilation));
}

function lowerHeaders(headers: Json, compilation: Compilation): JsonObject {
  if (!isObject(headers)) return { headers };
  const shape: Shape = {
    taken: {
      ...{ description: "same", required: "same", deprecated: "same", example: "same" },
      ...valueShape(compilation),
    },
    lost: VALUE_LOSSES,
    label: (key) => `header ${key}`,
  };
  const lowered = Object.entries(headers).map(([name, node]): [string, Json] => [
    name,
    lowerReferable(node, compilation, (target) => withSchema(lowerShape(target, shape, compilation))),
  ]);
  return { headers: Object.fromEntries(lowered) };
}
