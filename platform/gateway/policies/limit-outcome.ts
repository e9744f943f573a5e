import type { PolicyElement } from "../documents/policy-element.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { LimitVerdict } from "./call-limit.ts";
import type { AttributeShape } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/** Attributes of both rate limits that name where the count is told. */
export const outcomeAttributes: Readonly<Record<string, AttributeShape>> = {
  "retry-after-header-name": { literal: true },
  "retry-after-variable-name": { literal: true },
  "remaining-calls-header-name": { literal: true },
  "remaining-calls-variable-name": { literal: true },
  "total-calls-header-name": { literal: true },
};

/**
 * Tells the count in the headers and variables that the element names, on every answer to a call that passed.
 * @returns what throws the 429 of a call that did not
 */
export function compileOutcome(element: PolicyElement, source: string, compiler: PolicyCompiler) {
  const retryHeader = compiler.literal(element, "retry-after-header-name", "Retry-After");
  const retryVariable = compiler.literal(element, "retry-after-variable-name");
  const remainingHeader = compiler.literal(element, "remaining-calls-header-name");
  const remainingVariable = compiler.literal(element, "remaining-calls-variable-name");
  const totalHeader = compiler.literal(element, "total-calls-header-name");
  return (exchange: Exchange, { admitted, remaining, retryAfter }: LimitVerdict, calls: number): void => {
    if (remainingHeader) exchange.answerHeaders.push([remainingHeader, String(remaining)]);
    if (remainingVariable) exchange.variables.set(remainingVariable, remaining);
    if (totalHeader) exchange.answerHeaders.push([totalHeader, String(calls)]);
    if (admitted) return;
    if (retryVariable) exchange.variables.set(retryVariable, retryAfter);
    throw exceeded(source, retryHeader, retryAfter);
  };
}

function exceeded(source: string, header: string, seconds: number): PolicyFailure {
  return new PolicyFailure({
    source,
    reason: "RateLimitExceeded",
    message: "Rate limit is exceeded",
    status: 429,
    publicMessage: `Rate limit is exceeded. Try again in ${seconds} seconds.`,
    headers: [[header, String(seconds)]],
  });
}
