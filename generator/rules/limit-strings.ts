import { onSchemas } from "./visiting/on.ts";
import { isEnumerated, typesOf } from "./visiting/schema-types.ts";

/**
 * A string has a `maxLength`, or its values are counted out. A `format` is no limit: to those who read the contract with
 * other tools it is an annotation (JSON Schema 2020-12, Validation, 7.2.1).
 */
export const limitStrings = onSchemas((schema) => {
  const isLimited = "maxLength" in schema.object || isEnumerated(schema);
  if (typesOf(schema).includes("string") && !isLimited)
    schema.report("a string needs a maxLength, or an enum or const that counts its values out");
});
