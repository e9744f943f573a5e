import { isObject } from "../load/json.ts";
import { onSchemas } from "./visiting/on.ts";

/** A property says what it means, beside its reference or in the schema that the reference leads to. */
export const propertyDescription = onSchemas((schema) => {
  const properties = schema.at("properties");
  for (const [name, property] of properties.members()) {
    const written = properties.object[name];
    const beside = isObject(written) && "description" in written;
    if (property.exists && !beside && !("description" in property.object))
      property.report(`${name} needs a description`);
  }
});
