import { describe, expect, it } from "@jest/globals";
import type { Json } from "../load/json.ts";
import { Losses } from "./losses.ts";
import { lowerSchema } from "./lower-schema.ts";

function lower(schema: Json): { schema: Json; lost: string[] } {
  const losses = new Losses();
  const at = () => ({ file: "openapi/x.yaml", line: 1, column: 1 });
  return { schema: lowerSchema(schema, { losses, at }), lost: losses.list().map((loss) => loss.lost) };
}

describe("lowerSchema", () => {
  it.each<[string, Json, Json]>([
    ["a type or null", { type: ["string", "null"] }, { type: "string", nullable: true }],
    ["several types", { type: ["string", "integer"] }, { anyOf: [{ type: "string" }, { type: "integer" }] }],
    [
      "several types or null",
      { type: ["string", "integer", "null"] },
      { anyOf: [{ type: "string" }, { type: "integer" }], nullable: true },
    ],
    ["null alone", { type: "null" }, { enum: [null], nullable: true }],
    [
      "an enum or null",
      { type: ["string", "null"], enum: ["a"] },
      { type: "string", nullable: true, enum: ["a", null] },
    ],
    ["a constant", { const: 1 }, { enum: [1] }],
    ["examples", { examples: ["a", "b"] }, { example: "a" }],
    ["no examples", { examples: [] }, {}],
    ["an exclusive bound", { exclusiveMinimum: 0 }, { minimum: 0, exclusiveMinimum: true }],
    [
      "two bounds, the exclusive stricter",
      { maximum: 9, exclusiveMaximum: 9 },
      { maximum: 9, exclusiveMaximum: true },
    ],
    ["two bounds, the inclusive stricter", { minimum: 5, exclusiveMinimum: 1 }, { minimum: 5 }],
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

  it("says what gets lost", () => {
    const schema = {
      type: "string",
      format: "partial-date",
      "x-not-after-today": true,
      if: {},
      contentEncoding: "base64",
    };
    expect(lower({ properties: { a: schema }, patternProperties: {} })).toEqual({
      schema: { properties: { a: { type: "string", format: "partial-date" } } },
      lost: [
        "format partial-date: a real day of the calendar",
        "schema keyword contentEncoding",
        "schema keyword if",
        "schema keyword patternProperties",
        "schema keyword x-not-after-today",
      ],
    });
  });
});
