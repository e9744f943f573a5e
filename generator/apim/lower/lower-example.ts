import { isObject, type Json, type JsonObject } from "../../load/json.ts";
import type { Compilation } from "./compilation.ts";
import { lowerReferable } from "./lower-referable.ts";
import { lowerShape, type Shape } from "./lower-shape.ts";

/** `examples` of a body, a parameter or a header: each written out, for APIM imports no example as a component. */
export function lowerExamples(value: Json, compilation: Compilation): JsonObject {
  if (!isObject(value)) return { examples: value };
  const examples = Object.entries(value).map(([name, node]): [string, Json] => [
    name,
    lowerReferable(node, compilation, (target) => lowerShape(target, EXAMPLE, compilation), [
      "summary",
      "description",
    ]),
  ]);
  return { examples: Object.fromEntries(examples) };
}

const EXAMPLE: Shape = {
  taken: { summary: "same", description: "same", value: "same", externalValue: "same" },
  lost: {},
  label: (key) => `example ${key}`,
};
