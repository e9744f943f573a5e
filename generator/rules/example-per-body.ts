import { onOperations } from "./visiting/on.ts";
import type { Spot } from "./visiting/spot.ts";

/** Each body has an example: the portal shows it, and the sandbox (`npm run mock`) answers with it. */
export const examplePerBody = onOperations(({ spot, responses }) => {
  for (const owner of [spot.at("requestBody"), ...responses.map(([, response]) => response)]) {
    for (const [type, media] of owner.at("content").members())
      if (!hasExample(media)) media.report(`the body ${type} needs an example`);
  }
});

function hasExample(media: Spot): boolean {
  return "example" in media.object || media.at("examples").members().length > 0;
}
