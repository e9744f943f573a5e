import { GATEWAY_STATUSES } from "./gateway-status.ts";
import { onOperations } from "./visiting/on.ts";
import type { Spot } from "./visiting/spot.ts";

const PROBLEM = "application/problem+json";

/** Every failure that an app answers with is a problem (RFC 9457), with the one schema that is shared by all. */
export const errorIsProblem = onOperations(({ responses }) => {
  for (const [status, response] of responses) {
    const isFailure = /^[45]|^default$/.test(status) && !GATEWAY_STATUSES.includes(status);
    if (isFailure && response.exists && !isProblem(response))
      response.report(`a ${status} has one media type, ${PROBLEM}, and the shared schema Problem`);
  }
});

function isProblem(response: Spot): boolean {
  const [first, ...others] = response.at("content").members();
  const schema = first?.[1].at("schema");
  // What refers to the gateway's error is the matter of gateway-status, a reference to nothing that of the generator.
  if (schema?.component === "GatewayError" || (schema?.component !== undefined && !schema.exists))
    return true;
  return first?.[0] === PROBLEM && schema?.component === "Problem" && others.length === 0;
}
