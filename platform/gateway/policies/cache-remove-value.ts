import { allSections } from "./all-sections.ts";
import { cachingType } from "./cache-lookup-value.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Forgets a cached value. Removing cannot fail here, so `fail-on-cache-removal-error` changes nothing.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - cache-remove-value".
 */
export const cacheRemoveValue: Policy = {
  name: "cache-remove-value",
  sections: allSections,
  attributes: { key: { required: true }, "caching-type": cachingType, "fail-on-cache-removal-error": {} },
  compile(element, compiler) {
    const key = compiler.text(element, "key");
    const { cache } = compiler.services;
    return (exchange) => cache.remove(key(exchange));
  },
};
