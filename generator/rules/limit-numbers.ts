import { onSchemas } from "./visiting/on.ts";
import { isEnumerated, typesOf } from "./visiting/schema-types.ts";

/** A number has a limit at both ends, or its values are counted out. */
export const limitNumbers = onSchemas((schema) => {
  const { object } = schema;
  const isNumber = typesOf(schema).some((type) => type === "integer" || type === "number");
  if (!isNumber || isEnumerated(schema)) return;
  const hasLower = "minimum" in object || "exclusiveMinimum" in object;
  const hasUpper = "maximum" in object || "exclusiveMaximum" in object;
  if (!hasLower || !hasUpper) {
    const missing = [hasLower ? [] : ["minimum"], hasUpper ? [] : ["maximum"]].flat();
    schema.report(`a number needs a ${missing.join(" and a ")}`);
  }
});
