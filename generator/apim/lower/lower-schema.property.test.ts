import {
  registerSchema,
  unregisterSchema,
  validate as compileSchema,
} from "@hyperjump/json-schema/draft-2020-12";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isObject, type Json, type Schema } from "../../load/json.ts";
import { arbitrarySchema, arbitraryValue } from "../fixtures/arbitrary-schema.ts";
import { lowerAlone } from "../fixtures/lower-alone.ts";
import { readAs2020 } from "../fixtures/read-as-2020.ts";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/**
 * What a schema says of values, by an implementation that no other part of this project uses: true for those it
 * admits.
 */
async function judge(schema: Json, values: readonly Json[]): Promise<boolean[]> {
  const uri = "https://specimen.example/schema";
  registerSchema(plain(schema), uri, DIALECT);
  const validate = await compileSchema(uri);
  unregisterSchema(uri);
  return values.map((value) => validate(plain(value)).valid);
}

/** Generated objects have no prototype, which an implementation may expect. */
function plain(value: Json): ReturnType<typeof JSON.parse> {
  return JSON.parse(JSON.stringify(value));
}

/** Losses that do not touch what is admitted. */
const HARMLESS =
  /^(schema keyword (minimum|maximum|exclusiveM\w+|\$comment)|examples|examples after the first|pattern as .*)$/;

const cases = fc.tuple(arbitrarySchema, fc.array(arbitraryValue, { minLength: 12, maxLength: 12 }));

describe("lowerSchema, whatever the schema", () => {
  it("never admits less, and what it says without loss admits the same", async () => {
    const seen = { lossless: 0, lossy: 0, admitted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(cases, async ([schema, values]: [Schema, Json[]]) => {
        const { schema: lowered, lost } = lowerAlone(schema);
        const expected = await judge(schema, values);
        const actual = await judge(readAs2020(lowered), values);
        const lossless = lost.every((one) => HARMLESS.test(one));
        seen[lossless ? "lossless" : "lossy"]++;
        for (const [index, admits] of expected.entries()) {
          seen[admits ? "admitted" : "refused"]++;
          if (lossless || admits) expect([values[index], actual[index]]).toEqual([values[index], admits]);
        }
      }),
      { seed: 20_261_120, numRuns: 600 },
    );
    // The generator must reach what the property speaks of.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  it("gives what OpenAPI 3.0.3 has a word for", () => {
    fc.assert(
      fc.property(arbitrarySchema, (schema) => {
        for (const node of schemasIn(lowerAlone(schema).schema)) {
          expect(WORDS).toEqual(expect.arrayContaining(Object.keys(node)));
          expect(typeof (node.type ?? "")).toBe("string");
          expect(node.type).not.toBe("null");
          expect(typeof (node.exclusiveMinimum ?? true)).toBe("boolean");
          if (node.type === "array") expect(node).toHaveProperty("items");
          if (node.nullable === true) expect(node).toHaveProperty("type");
        }
      }),
      { seed: 20_261_120, numRuns: 400 },
    );
  });
});

/** OpenAPI 3.0.3, 4.7.24. */
const WORDS = [
  ...["title", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength"],
  ...["minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties"],
  ...["required", "enum", "type", "allOf", "oneOf", "anyOf", "not", "items", "properties", "format"],
  ...["additionalProperties", "description", "default", "nullable", "discriminator", "readOnly"],
  ...["writeOnly", "xml", "externalDocs", "example", "deprecated"],
];

function* schemasIn(node: Json): Generator<Readonly<Record<string, Json>>> {
  if (!isObject(node)) return;
  yield node;
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    const list = node[key];
    if (Array.isArray(list)) for (const item of list) yield* schemasIn(item);
  }
  for (const key of ["items", "not", "additionalProperties"]) yield* schemasIn(node[key] ?? null);
  if (isObject(node.properties)) for (const item of Object.values(node.properties)) yield* schemasIn(item);
}
