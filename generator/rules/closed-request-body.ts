import { onOperations } from "./visiting/on.ts";
import { typesOf } from "./visiting/schema-types.ts";
import type { Spot } from "./visiting/spot.ts";
import { walkSchemas } from "./visiting/walk-schemas.ts";

/**
 * An object in a request body refuses the properties that it does not know: a mistyped criterion of a search would otherwise
 * find everybody. A map of any names has a schema for its values and a limit to their number.
 */
export const closedRequestBody = onOperations(({ spot }) => {
  for (const [, media] of spot.at("requestBody", "content").members()) {
    for (const schema of walkSchemas(media.at("schema")).filter(isOpen))
      schema.report("an object in a request body needs additionalProperties: false");
  }
});

function isOpen(schema: Spot): boolean {
  const { object, location } = schema;
  const isObjectSchema = typesOf(schema).includes("object") || "properties" in object;
  const isPart = /\/(?:allOf|anyOf|oneOf)\/\d+$|\/(?:not|if|then|else)$/.test(location.pointer);
  const isClosed = object.additionalProperties === false || object.unevaluatedProperties === false;
  const isMap = schema.at("additionalProperties").object.type !== undefined && "maxProperties" in object;
  return isObjectSchema && !isPart && !isClosed && !isMap;
}
