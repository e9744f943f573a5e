import { isObject } from "../load/json.ts";
import { onSchemas } from "./visiting/on.ts";

const SAYS_WHAT = ["type", "const", "enum", "allOf", "anyOf", "oneOf", "$ref"];

/** Where a schema only adds to one that has a type already. */
const CONDITION =
  /\/(?:(?:allOf|anyOf|oneOf)\/\d+|(?:dependentSchemas|patternProperties)\/[^/]*|not|if|then|else)$/;

/** A schema says what its values are. One that does not takes anything, of any size. */
export const schemaType = onSchemas((schema) => {
  const isCondition = CONDITION.test(schema.location.pointer);
  const saysWhat = SAYS_WHAT.some((keyword) => keyword in schema.object);
  if (isObject(schema.value) && !saysWhat && !isCondition)
    schema.report("a schema without a type takes any value, of any size");
});
