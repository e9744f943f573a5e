import { CallLimit } from "./call-limit.ts";
import { compileOutcome, outcomeAttributes } from "./limit-outcome.ts";
import type { Policy } from "../compiler/policy.ts";
import type { GatewayServices } from "../compiler/gateway-services.ts";

/**
 * Limits the calls of a key, which an expression gives. One counter for each key, whichever scopes use it. Conditional and
 * deferred counting is not executed locally.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - rate-limit-by-key".
 */
export const rateLimitByKey: Policy = {
  name: "rate-limit-by-key",
  sections: ["inbound"],
  attributes: {
    calls: { required: true },
    "renewal-period": { required: true },
    "counter-key": { required: true },
    "increment-count": { literal: true },
    ...outcomeAttributes,
  },
  compile(element, compiler) {
    const calls = compiler.integer(element, "calls");
    const period = compiler.integer(element, "renewal-period");
    const key = compiler.text(element, "counter-key");
    const weight = compiler.integer(element, "increment-count", 1);
    const tell = compileOutcome(element, "rate-limit-by-key", compiler);
    const limit = sharedLimit(compiler.services);
    return (exchange) => {
      const most = calls(exchange);
      const now = compiler.services.runtime.now();
      tell(exchange, limit.admit(key(exchange), now, most, period(exchange), weight(exchange)), most);
    };
  },
};

const limits = new WeakMap<GatewayServices, CallLimit>();

/** The counters of a gateway: every policy of it with the same key shares one. */
function sharedLimit(services: GatewayServices): CallLimit {
  const limit = limits.get(services) ?? new CallLimit();
  limits.set(services, limit);
  return limit;
}
