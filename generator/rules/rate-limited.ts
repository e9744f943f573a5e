import { onOperations } from "./visiting/on.ts";
import type { Spot } from "./visiting/spot.ts";

/** A public operation has a rate limit, its own or that of its API: one partner must not be able to slow down all others. */
export const rateLimited = onOperations(({ spot, isPublic }, document) => {
  if (isPublic && ![spot, document].some(hasRateLimit))
    spot.report("a public operation needs a rate-limit in x-apim-policies");
});

function hasRateLimit(owner: Spot): boolean {
  return owner
    .at("x-apim-policies")
    .items()
    .some(({ object }) => Object.keys(object).some((fragment) => fragment.startsWith("rate-limit")));
}
