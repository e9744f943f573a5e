import { isList, type Json } from "../load/json.ts";
import { onOperations } from "./visiting/on.ts";
import { typesOf } from "./visiting/schema-types.ts";
import type { Spot } from "./visiting/spot.ts";

/** The example of a response header is valid. (Redocly looks at those of bodies, schemas and parameters.) */
export const headerExample = onOperations(({ responses }) => {
  for (const [, response] of responses) {
    for (const [name, header] of response.at("headers").members()) {
      const schema = header.at("schema");
      for (const example of examplesOf(header).filter(({ exists }) => exists)) {
        const fault = example.value === undefined ? undefined : faultOf(example.value, schema);
        if (fault !== undefined) example.report(`the example of ${name} ${fault}`);
      }
    }
  }
});

function examplesOf(header: Spot): Spot[] {
  const named = header.at("examples").members();
  return [header.at("example"), ...named.map(([, example]) => example.at("value"))];
}

/** What keeps a value from being one of a header: headers are scalars, and have the keywords of these. */
function faultOf(value: Json, schema: Spot): string | undefined {
  const { object } = schema;
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return `is no ${types.join(" or ")}`;
  if (isList(object.enum) && !object.enum.includes(value)) return "is none of the enum";
  if (typeof value === "number") return faultOfNumber(value, object);
  return typeof value === "string" ? faultOfText(value, object) : undefined;
}

function faultOfNumber(value: number, { minimum, maximum }: Spot["object"]): string | undefined {
  if (typeof minimum === "number" && value < minimum) return `is below ${minimum}`;
  return typeof maximum === "number" && value > maximum ? `is above ${maximum}` : undefined;
}

function faultOfText(value: string, { minLength, maxLength, pattern }: Spot["object"]): string | undefined {
  const { length } = Array.from(value);
  if (typeof minLength === "number" && length < minLength) return `has fewer than ${minLength} characters`;
  if (typeof maxLength === "number" && length > maxLength) return `has more than ${maxLength} characters`;
  return typeof pattern === "string" && !isMatch(value, pattern) ? `does not match ${pattern}` : undefined;
}

/** Of a pattern that is none the generator says so. */
function isMatch(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}

function isOfType(value: Json, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}
