import { NDJSON } from "../../emit/streamed.ts";
import { isObject, type Json, type JsonObject } from "../../load/json.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";
import { lowerExamples } from "./lower-example.ts";
import { lowerShape, type Shape } from "./lower-shape.ts";

/**
 * The media types of a body.
 * @param name what an inline schema is called
 */
export function lowerContent(content: Json, name: string, compilation: Compilation): JsonObject {
  if (!isObject(content)) return { content };
  const entries = Object.entries(content).map(([type, media]): [string, Json] => {
    if (!isObject(media)) return [type, media];
    // No version of OpenAPI before 3.2 has a schema of items that follow one another: APIM takes it for that of the whole body.
    if (type === NDJSON)
      compilation.lose(media, "schema", "that the schema is of each line", ENFORCERS.lines);
    return [type, lowerShape(media, mediaShape(media, name, compilation), compilation)];
  });
  return { content: Object.fromEntries(entries) };
}

function mediaShape(media: JsonObject, name: string, compilation: Compilation): Shape {
  const schema = { schema: (value: Json) => ({ schema: compilation.name(value, name) }) };
  const examples = { examples: (value: Json) => lowerExamples(value, compilation) };
  // 3.0.3 (4.7.14) has one or the other.
  const example: Shape["taken"] = "examples" in media ? {} : { example: "same" };
  return {
    taken: { ...schema, ...examples, ...example },
    lost: { encoding: ENFORCERS.nothing, ...("examples" in media && { example: ENFORCERS.portal }) },
    label: (key) => `media type ${key}`,
  };
}
