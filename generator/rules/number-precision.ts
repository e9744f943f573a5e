import { onSchemas } from "./visiting/on.ts";

const LIMITS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/** No number is larger than what every JSON reader can tell from its neighbours, 2^53 - 1 (RFC 8259, 6). */
export const numberPrecision = onSchemas((schema) => {
  for (const keyword of LIMITS) {
    const limit = schema.object[keyword];
    if (typeof limit === "number" && Math.abs(limit) > Number.MAX_SAFE_INTEGER) {
      schema.at(keyword).report(`beyond ±${Number.MAX_SAFE_INTEGER} readers round: send a string`);
    }
  }
});
