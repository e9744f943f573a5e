import { ENFORCERS } from "../losses.ts";

/** What becomes of a keyword of JSON Schema 2020-12 that OpenAPI 3.0.3 has not. */
export interface SchemaLoss {
  readonly enforcedBy: string;
  /** Without it, the schema admits more than the contract does. */
  readonly weakens: boolean;
}

/** @returns what stands for a keyword; one that nobody has heard of is taken to say something about the data */
export function schemaLoss(keyword: string): SchemaLoss {
  if (keyword === "discriminator") return { enforcedBy: ENFORCERS.branches, weakens: false };
  return NOTES.has(keyword)
    ? { enforcedBy: ENFORCERS.nothing, weakens: false }
    : { enforcedBy: ENFORCERS.validators, weakens: true };
}

/** Keywords that no validator looks at (JSON Schema 2020-12, Core 8 and Validation 8 and 9). */
const NOTES = new Set([
  ...["$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment", "$defs", "definitions"],
  ...["contentEncoding", "contentMediaType", "contentSchema"],
]);

/** The formats of OpenAPI 3.0.3 (4.4, Data Types); "format is an open value", and whatever else is an annotation. */
export const FORMATS: ReadonlySet<string> = new Set([
  ...["int32", "int64", "float", "double", "byte", "binary", "date", "date-time", "password"],
]);

/** Keywords that OpenAPI 3.0.3 (4.7.24) takes over unchanged. */
export const SAME: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "deprecated", "xml", "externalDocs", "example"],
  ...["enum", "required", "minLength", "maxLength", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
]);
