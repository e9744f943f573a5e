import { allSections } from "./all-sections.ts";
import type { AttributeShape, Policy } from "../compiler/policy.ts";

/** `caching-type` of the value policies: there is the built-in cache only, which is what `prefer-external` falls back to. */
export const cachingType: AttributeShape = { literal: true, only: ["internal", "prefer-external"] };

/**
 * Puts a cached value into a variable. On a miss the variable gets `default-value`, or is left unset when there is none:
 * policies in use ask `context.Variables.ContainsKey`.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - cache-lookup-value".
 */
export const cacheLookupValue: Policy = {
  name: "cache-lookup-value",
  sections: allSections,
  attributes: {
    key: { required: true },
    "variable-name": { required: true, literal: true },
    "default-value": {},
    "caching-type": cachingType,
  },
  compile(element, compiler) {
    const key = compiler.text(element, "key");
    const variable = compiler.literal(element, "variable-name");
    const fallback = element.attributes.has("default-value") ? compiler.raw(element, "default-value") : null;
    const { cache } = compiler.services;
    return (exchange) => {
      const found = cache.lookup(key(exchange));
      if (found) exchange.variables.set(variable, found.value);
      else if (fallback) exchange.variables.set(variable, fallback(exchange));
    };
  },
};
