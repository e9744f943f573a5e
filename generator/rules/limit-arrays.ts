import { onSchemas } from "./visiting/on.ts";
import { isEnumerated, typesOf } from "./visiting/schema-types.ts";

/** An array has a `maxItems`, or a `prefixItems` that nothing may follow. */
export const limitArrays = onSchemas((schema) => {
  const { object } = schema;
  const isTuple = "prefixItems" in object && object.items === false;
  const isLimited = "maxItems" in object || isTuple || isEnumerated(schema);
  if (typesOf(schema).includes("array") && !isLimited) schema.report("an array needs a maxItems");
});
