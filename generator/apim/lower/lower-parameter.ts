import { listAt, type Json, type JsonObject } from "../../load/json.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";
import { lowerExamples } from "./lower-example.ts";
import { lowerReferable } from "./lower-referable.ts";
import { lowerShape, type Shape } from "./lower-shape.ts";

/**
 * The parameters of an operation: its own, and those of its path that it does not replace (OpenAPI 3.1.1, 4.8.10).
 */
export function lowerParameters(
  item: JsonObject,
  operation: JsonObject,
  compilation: Compilation,
): JsonObject[] {
  const own = listAt(operation, "parameters").map((node) => read(node, compilation));
  const ownKeys = new Set(own.map(({ key }) => key));
  const shared = listAt(item, "parameters");
  const inherited = shared.flatMap((node, index) => {
    const { key } = keyed(node, compilation);
    if (!ownKeys.has(key)) return [read(node, compilation)];
    compilation.lose(
      shared,
      String(index),
      "a parameter of the path",
      "the one that the operation has instead",
    );
    return [];
  });
  return [...inherited, ...own].map(({ lowered }) => lowered);
}

function read(node: Json, compilation: Compilation): { key: string; lowered: JsonObject } {
  const lowered = lowerReferable(node, compilation, (target) =>
    withSchema(lowerShape(target, parameterShape(compilation), compilation)),
  );
  return { ...keyed(node, compilation), lowered };
}

function keyed(node: Json, compilation: Compilation): { key: string } {
  const { in: place = "", name = "" } = compilation.follow(node);
  return { key: JSON.stringify([place, name]) };
}

/**
 * What APIM keeps of a parameter: name, description, type, default, whether it is required, its values and examples
 * ("API import restrictions and known issues"; ParameterContract of the management API).
 */
function parameterShape(compilation: Compilation): Shape {
  return {
    taken: {
      ...{
        name: "same",
        in: "same",
        description: "same",
        required: "same",
        deprecated: "same",
        example: "same",
      },
      ...valueShape(compilation),
    },
    lost: {
      ...VALUE_LOSSES,
      allowEmptyValue: ENFORCERS.validators,
      allowReserved: ENFORCERS.nothing,
      "x-invalid-status": ENFORCERS.pipeline,
    },
    label: (key) => `parameter ${key}`,
  };
}

/** The members that a parameter and a header have in common. */
export function valueShape(compilation: Compilation): Shape["taken"] {
  return {
    schema: (value) => ({ schema: compilation.inline(value) }),
    examples: (value) => lowerExamples(value, compilation),
  };
}

/** 3.0.3 (4.7.12) asks for a schema; a value in a media type of its own is text to APIM. */
export function withSchema(value: JsonObject): JsonObject {
  return "schema" in value ? value : { ...value, schema: { type: "string" } };
}

/** What a parameter and a header cannot say to APIM; `deprecated` stays in the document, for whoever reads it. */
export const VALUE_LOSSES: Shape["lost"] = {
  deprecated: ENFORCERS.portal,
  content: ENFORCERS.validators,
  style: ENFORCERS.pipeline,
  explode: ENFORCERS.pipeline,
};
