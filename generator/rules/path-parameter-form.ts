import { onOperations } from "./visiting/on.ts";
import { isEnumerated, typesOf } from "./visiting/schema-types.ts";

/** A string in a path has a form: what is free to hold anything will hold a name one day, and a slash the next. */
export const pathParameterForm = onOperations(({ parameters }) => {
  for (const parameter of parameters.filter(({ object }) => object.in === "path")) {
    const schema = parameter.at("schema");
    const hasForm = "format" in schema.object || "pattern" in schema.object || isEnumerated(schema);
    if (typesOf(schema).includes("string") && !hasForm)
      parameter.report("a path parameter needs a format, a pattern or an enum");
  }
});
