import type { PolicyElement } from "../documents/policy-element.ts";
import { allSections } from "./all-sections.ts";
import type { Value } from "../compiler/compile-value.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/**
 * Changes the method of the request that goes to the backend.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-method".
 */
export const setMethod: Policy = {
  name: "set-method",
  sections: allSections,
  text: { required: true },
  compile(element, compiler) {
    const method = compileMethod(element, compiler);
    return (exchange) => {
      exchange.request.method = method(exchange);
    };
  },
};

/** The method that the element's text names, in upper case. */
export function compileMethod(element: PolicyElement, compiler: PolicyCompiler): Value<string> {
  const method = compiler.content(element);
  return (exchange) => checked(method(exchange).toUpperCase());
}

function checked(method: string): string {
  if (!/^[A-Z]{1,32}$/.test(method) || method === "CONNECT")
    throw new TypeError("no method that can be sent");
  return method;
}
