import type { PolicyElement } from "../documents/policy-element.ts";
import type { GatewayResponse } from "../messages/gateway-response.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { allSections } from "./all-sections.ts";
import type { AttributeShape, Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/** Attributes of `set-status`. The page requires `reason`; one in nine published uses leaves it out, and the service takes them. */
export const statusAttributes: Readonly<Record<string, AttributeShape>> = {
  code: { required: true },
  reason: {},
};

/**
 * Sets the status of the response.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-status".
 */
export const setStatus: Policy = {
  name: "set-status",
  sections: allSections,
  attributes: statusAttributes,
  compile(element, compiler) {
    const edit = compileStatusEdit(element, compiler);
    return (exchange) => edit(exchange.ensureResponse(), exchange);
  },
};

/** The same edit for a response that `return-response` builds. */
export function compileStatusEdit(
  element: PolicyElement,
  compiler: PolicyCompiler,
): (response: GatewayResponse, exchange: Exchange) => void {
  const code = compiler.integer(element, "code");
  const reason = compiler.text(element, "reason");
  return (response, exchange) => {
    response.statusCode = checked(code(exchange));
    response.statusReason = reason(exchange);
  };
}

function checked(code: number): number {
  if (!Number.isInteger(code) || code < 200 || code > 599) throw new TypeError("no status that can be sent");
  return code;
}
