import { describe, expect, it } from "@jest/globals";
import type { Json } from "../../load/json.ts";
import { lowerAlone as lower } from "../fixtures/lower-alone.ts";

describe("lowerSchema", () => {
  it.each<[string, Json, Json]>([
    ["a type or null", { type: ["string", "null"] }, { type: "string", nullable: true }],
    ["several types", { type: ["string", "integer"] }, { anyOf: [{ type: "string" }, { type: "integer" }] }],
    [
      "several types or null",
      { type: ["string", "array", "null"] },
      {
        anyOf: [
          { type: "string", nullable: true },
          { type: "array", items: {} },
        ],
      },
    ],
    [
      "several types beside anyOf",
      { anyOf: [{ minLength: 1 }], type: ["string", "integer"] },
      { anyOf: [{ minLength: 1 }], allOf: [{ anyOf: [{ type: "string" }, { type: "integer" }] }] },
    ],
    ["null alone", { type: "null" }, { type: "object", enum: [null], nullable: true }],
    ["an array of anything", { type: "array" }, { type: "array", items: {} }],
    [
      "an enum or null, of which the enum has no null",
      { type: ["string", "null"], enum: ["a"] },
      { type: "string", nullable: true, enum: ["a"] },
    ],
    ["an enum beside a constant", { enum: [1, 2], const: 1 }, { enum: [1, 2], allOf: [{ enum: [1] }] }],
    ["a constant", { const: 1 }, { enum: [1] }],
    ["one example", { examples: ["a"] }, { example: "a" }],
    ["an exclusive bound", { exclusiveMinimum: 0 }, { minimum: 0, exclusiveMinimum: true }],
    ["a reference", { $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/A" }],
    [
      "a reference with company",
      { $ref: "#/components/schemas/A", description: "x" },
      { description: "x", allOf: [{ $ref: "#/components/schemas/A" }] },
    ],
    [
      "yes and no",
      { properties: { a: true, b: false }, additionalProperties: false },
      { properties: { a: {}, b: { not: {} } }, additionalProperties: false },
    ],
    [
      "properties with the names of keywords",
      { properties: { const: { const: 1 }, $ref: { type: "string" } } },
      { properties: { const: { enum: [1] }, $ref: { type: "string" } } },
    ],
    [
      "data that looks like a schema",
      { default: { type: ["a", "null"] }, enum: [{ const: 1 }] },
      { default: { type: ["a", "null"] }, enum: [{ const: 1 }] },
    ],
  ])("lowers %s without loss", (_what, schema, expected) => {
    expect(lower(schema)).toEqual({ schema: expected, lost: [] });
  });

  it.each<[string, Json, Json, readonly string[]]>([
    [
      "keywords that 3.0.3 has not",
      { type: "string", "x-not-after-today": true, if: {}, contentEncoding: "base64", nonsense: 1 },
      { type: "string" },
      [
        "schema keyword contentEncoding",
        "schema keyword if",
        "schema keyword nonsense",
        "schema keyword x-not-after-today",
      ],
    ],
    [
      "a member with the name of a method",
      { constructor: 1, toString: {} },
      {},
      ["schema keyword constructor", "schema keyword toString"],
    ],
    ["nullable, which means nothing in 3.1", { nullable: true }, {}, ["schema keyword nullable"]],
    [
      "a format that is an annotation there",
      { format: "uuid" },
      { format: "uuid" },
      ['format "uuid" as a check'],
    ],
    ["a format that 3.0.3 has", { format: "date-time" }, { format: "date-time" }, []],
    ["examples but the first", { examples: ["a", "b"] }, { example: "a" }, ["examples after the first"]],
    ["examples beside an example", { example: 1, examples: [2] }, { example: 1 }, ["examples"]],
    ["no examples", { examples: [] }, {}, ["examples"]],
    ["for whom it is read only", { readOnly: true }, { readOnly: true }, ["readOnly as a check"]],
    [
      "a discriminator",
      { discriminator: { propertyName: "a", mapping: { b: "b.yaml#/B" } } },
      {},
      ["schema keyword discriminator"],
    ],
    [
      "a pattern that .NET refuses",
      { pattern: "^\\u{1F600}$" },
      {},
      ["pattern, which .NET refuses: \\u{…} is no escape"],
    ],
    [
      "the inclusive bound, the exclusive stricter",
      { maximum: 9, exclusiveMaximum: 9 },
      { maximum: 9, exclusiveMaximum: true },
      ["schema keyword maximum"],
    ],
    [
      "the exclusive bound, the inclusive stricter",
      { minimum: 5, exclusiveMinimum: 1 },
      { minimum: 5 },
      ["schema keyword exclusiveMinimum"],
    ],
    [
      "what would forbid too much without its companion",
      { prefixItems: [true], items: false, patternProperties: { a: true }, additionalProperties: false },
      {},
      [
        "schema keyword additionalProperties",
        "schema keyword items",
        "schema keyword patternProperties",
        "schema keyword prefixItems",
      ],
    ],
    [
      "a negation of what it cannot say",
      { not: { propertyNames: { maxLength: 3 } } },
      {},
      ["schema keyword not", "schema keyword propertyNames"],
    ],
    [
      "that one branch holds, when the branches admit too much",
      { oneOf: [{ if: {} }, { type: "string" }] },
      { anyOf: [{}, { type: "string" }] },
      ["oneOf: that no more than one of them holds", "schema keyword if"],
    ],
    [
      "the same of a schema that is referred to",
      { oneOf: [{ $ref: "#/components/schemas/Weak" }, true] },
      { anyOf: [{ $ref: "#/components/schemas/Weak" }, {}] },
      ["oneOf: that no more than one of them holds"],
    ],
  ])("says that it loses %s", (_what, schema, expected, lost) => {
    expect(lower(schema)).toEqual({ schema: expected, lost });
  });
});
