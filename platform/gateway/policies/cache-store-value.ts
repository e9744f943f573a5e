import { allSections } from "./all-sections.ts";
import { cachingType } from "./cache-lookup-value.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Stores a value, which keeps its type, for a number of seconds.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - cache-store-value".
 */
export const cacheStoreValue: Policy = {
  name: "cache-store-value",
  sections: allSections,
  attributes: {
    key: { required: true },
    value: { required: true },
    duration: { required: true },
    "caching-type": cachingType,
  },
  compile(element, compiler) {
    const key = compiler.text(element, "key");
    const value = compiler.raw(element, "value");
    const duration = compiler.integer(element, "duration");
    const { cache } = compiler.services;
    return (exchange) => cache.store(key(exchange), value(exchange), duration(exchange));
  },
};
