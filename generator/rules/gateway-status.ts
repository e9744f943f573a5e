import { onOperations } from "./visiting/on.ts";

/** What the gateway answers and no app does. The published contract declares each where a policy can cause it. */
export const GATEWAY_STATUSES: readonly string[] = ["401", "403", "414", "429", "431"];

/** What the gateway answers is not written by hand: the generator knows which policies are on the way of an operation. */
export const gatewayStatus = onOperations(({ responses }) => {
  for (const [status, response] of responses) {
    const media = response.at("content").members();
    const isGatewayError = media.some(([, one]) => one.at("schema").component === "GatewayError");
    if (GATEWAY_STATUSES.includes(status) || isGatewayError)
      response.report(`the generator declares what the gateway answers; leave ${status} out`);
  }
});
