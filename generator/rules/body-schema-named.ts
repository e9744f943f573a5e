import { isObject } from "../load/json.ts";
import { onOperations } from "./visiting/on.ts";

/** The schema of a body is a component: APIM does not keep inline schemas, and types are called by the component's name. */
export const bodySchemaNamed = onOperations(({ spot, responses }) => {
  for (const owner of [spot.at("requestBody"), ...responses.map(([, response]) => response)]) {
    for (const [, media] of owner.at("content").members()) {
      const written = media.object.schema;
      if (isObject(written) && !("$ref" in written))
        media.at("schema").report("the schema of a body is a $ref to a component");
    }
  }
});
