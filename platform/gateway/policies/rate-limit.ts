import { CallLimit } from "./call-limit.ts";
import { compileOutcome, outcomeAttributes } from "./limit-outcome.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Limits the calls of a subscription to this product, API or operation; limits of several scopes count for themselves. Does
 * nothing for a request that came without a subscription key. Limits for single APIs and operations inside one policy are not
 * executed locally.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - rate-limit".
 */
export const rateLimit: Policy = {
  name: "rate-limit",
  sections: ["inbound"],
  scopes: ["product", "api", "operation"],
  once: true,
  attributes: {
    calls: { required: true, literal: true },
    "renewal-period": { required: true, literal: true },
    ...outcomeAttributes,
  },
  compile(element, compiler) {
    const calls = compiler.literalInteger(element, "calls");
    const period = compiler.literalInteger(element, "renewal-period");
    if (period < 1 || period > 300)
      compiler.fail(element.line, `renewal-period is ${period}; expected 1 to 300 seconds`);
    const limit = new CallLimit();
    const tell = compileOutcome(element, "rate-limit", compiler);
    const { runtime } = compiler.services;
    return (exchange) => {
      const { subscription } = exchange;
      if (subscription === null) return;
      tell(exchange, limit.admit(subscription.id, runtime.now(), calls, period), calls);
    };
  },
};
