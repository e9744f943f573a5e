import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import type { Json, JsonObject, Schema } from "../../load/json.ts";
import { TermComparison } from "./compare-terms.ts";
import { acceptsMore, refusesMore } from "./difference.ts";
import { Normaliser } from "./normaliser.ts";

/** Names and texts of which there are few, so that schemas and values meet. */
const name = fc.constantFrom("a", "b", "c");
const scalar = fc.constantFrom<Json>(null, true, false, 0, 1, 2, 1.5, "", "a", "ab", "abc", "1", "12");
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 2 },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const size = fc.integer({ min: 0, max: 3 });
const pattern = fc.constantFrom("^a", "^[ab]*$", "^[0-9]+$", String.raw`^\d*$`, "b", "^.{1,2}$");
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

function limited(lower: string, upper: string): fc.Arbitrary<JsonObject> {
  return fc.record({ [lower]: some(size), [upper]: some(size) }).map((limits): JsonObject => defined(limits));
}

function defined(object: Readonly<Record<string, Json | undefined>>): JsonObject {
  const entries = Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
  const inner = tie("schema");
  const object = fc
    .tuple(
      fc.record({
        properties: some(fc.dictionary(name, inner, { maxKeys: 3, noNullPrototype: true })),
        required: some(fc.uniqueArray(name, { maxLength: 2 })),
        additionalProperties: some(fc.oneof(fc.constant(false), fc.constant(true), inner)),
        unevaluatedProperties: fc.option(fc.constant(false), { nil: undefined, freq: 8 }),
      }),
      limited("minProperties", "maxProperties"),
    )
    .map(([keywords, limits]): JsonObject => ({ type: "object", ...defined(keywords), ...limits }));
  const array = fc
    .tuple(
      fc.record({
        items: some(inner),
        prefixItems: some(fc.array(inner, { minLength: 1, maxLength: 2 })),
        uniqueItems: some(fc.boolean()),
      }),
      limited("minItems", "maxItems"),
    )
    .map(([keywords, limits]): JsonObject => ({ type: "array", ...defined(keywords), ...limits }));
  const text = fc
    .tuple(some(pattern), limited("minLength", "maxLength"))
    .map(([one, limits]): JsonObject => ({ type: "string", ...defined({ pattern: one }), ...limits }));
  const number = fc
    .tuple(
      fc.constantFrom("integer", "number"),
      fc.constantFrom("minimum", "exclusiveMinimum"),
      fc.constantFrom("maximum", "exclusiveMaximum"),
      some(size),
      some(size),
      some(fc.constantFrom(1, 0.5, 2)),
    )
    .map(([type, lower, upper, min, max, multipleOf]): JsonObject =>
      defined({ type, [lower]: min, [upper]: max, multipleOf }),
    );
  const plain = fc.oneof(
    fc.constantFrom<Schema>(
      true,
      false,
      {},
      { type: "null" },
      { type: ["string", "null"] },
      { type: "boolean" },
    ),
    fc.array(scalar, { minLength: 1, maxLength: 3 }).map((list): Schema => ({ enum: list })),
    scalar.map((one): Schema => ({ const: one })),
    text,
    number,
  );
  const joined = fc
    .tuple(
      fc.constantFrom("allOf", "anyOf", "oneOf"),
      fc.array(inner, { minLength: 1, maxLength: 3 }),
      some(text),
    )
    .map(([keyword, list, beside]): Schema => ({ [keyword]: list, ...beside }));
  const negated = inner.map((one): Schema => ({ not: one }));
  return {
    schema: fc.oneof(
      { depthSize: "small", maxDepth: 3 },
      plain,
      { arbitrary: object, weight: 2 },
      array,
      { arbitrary: joined, weight: 2 },
      { arbitrary: negated, weight: 1 },
    ),
  };
});

/** A schema and another one that is often like it. */
const pairs = fc
  .tuple(schema, schema, fc.integer({ min: 0, max: 5 }))
  .map(([one, other, how]): [Schema, Schema] => {
    if (how === 0) return [one, { allOf: [one] }];
    if (how === 1) return [one, { anyOf: [one, other] }];
    if (how === 2) return [one, { allOf: [one, other] }];
    if (how === 3) return [one, { oneOf: [one] }];
    return [one, other];
  });

function validator(one: Schema): (value: Json) => boolean {
  return new Ajv2020({ strict: false, validateSchema: false }).compile(one);
}

describe("a comparison of schemas, held against a validator", () => {
  it("never says that nothing more is refused, or accepted, when something is", () => {
    let proved = 0;
    fc.assert(
      fc.property(pairs, fc.array(value, { minLength: 10, maxLength: 30 }), ([base, head], values) => {
        const comparison = new TermComparison(new Normaliser({}), new Normaliser({}));
        const differences = comparison.compare([base], [head]);
        const [before, after] = [validator(base), validator(head)];
        const isWide = !differences.some(refusesMore);
        const isNarrow = !differences.some(acceptsMore);
        proved += Number(isWide) + Number(isNarrow);
        if (isWide) expect(values.filter((one) => before(one) && !after(one))).toEqual([]);
        if (isNarrow) expect(values.filter((one) => after(one) && !before(one))).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(proved).toBeGreaterThan(50);
  });

  it("finds that a schema is equal to itself, and to itself in an allOf, anyOf or oneOf of one", () => {
    fc.assert(
      fc.property(schema, fc.constantFrom("allOf", "anyOf", "oneOf", "itself"), (one, how) => {
        const comparison = new TermComparison(new Normaliser({}), new Normaliser({}));
        const copy = structuredClone(one);
        const head: Schema = how === "itself" ? copy : { [how]: [copy] };
        expect(comparison.compare([one], [head])).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
