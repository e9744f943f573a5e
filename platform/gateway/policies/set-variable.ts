import { allSections } from "./all-sections.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Stores a value in `context.Variables`: text for a literal, what the expression gave otherwise.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-variable".
 */
export const setVariable: Policy = {
  name: "set-variable",
  sections: allSections,
  attributes: { name: { required: true, literal: true }, value: { required: true } },
  compile(element, compiler) {
    const name = compiler.literal(element, "name");
    const value = compiler.raw(element, "value");
    return (exchange) => {
      exchange.variables.set(name, value(exchange));
    };
  },
};
