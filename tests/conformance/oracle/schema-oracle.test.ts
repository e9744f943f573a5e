import { beforeAll, describe, expect, it } from "@jest/globals";
import type { Json } from "../../../generator/load/json.ts";
import { SchemaOracle, type Held } from "./schema-oracle.ts";

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Ward", version: "1" },
  paths: {},
  components: {
    schemas: {
      Bed: {
        type: "object",
        additionalProperties: false,
        required: ["name", "since"],
        properties: {
          name: { type: "string", minLength: 1, maxLength: 3 },
          since: { type: "string", format: "partial-date", "x-not-after-today": true },
          notes: { type: "array", maxItems: 2, items: { $ref: "#/components/schemas/Note" } },
        },
      },
      Note: { type: "string", pattern: "^[a-z]+$" },
      Line: {
        oneOf: [
          { type: "string", maxLength: 2 },
          { type: "array", maxItems: 1, items: { anyOf: [{ type: "integer" }, { type: "null" }] } },
        ],
      },
    },
  },
};

const BED = "/components/schemas/Bed";
const LINE = "/components/schemas/Line";
let oracle: SchemaOracle;

beforeAll(async () => {
  oracle = await SchemaOracle.of(new Map([["ward", DOCUMENT]]), () => [BED, LINE]);
});

const rules = (value: Json, today = "2026-11-20") =>
  oracle.judge("ward", BED, value, { today }).map((one) => [one.keyword, one.missing ?? one.instance]);

describe("the independent implementation", () => {
  it("finds nothing where nothing is wrong", () => {
    expect(rules({ name: "\u{1F9EA}\u{1F9EA}\u{1F9EA}", since: "2026-11-20", notes: ["a"] })).toEqual([]);
  });

  it("names every rule that is broken, with its value's place", () => {
    const found = rules({ name: "abcd", since: "2023-02-29", notes: ["a", "B", 3], other: 1 });
    expect(found.sort()).toEqual(
      [
        ["additionalProperties", ""],
        ["format", "/since"],
        ["maxItems", "/notes"],
        ["maxLength", "/name"],
        ["pattern", "/notes/1"],
        ["type", "/notes/2"],
      ].sort(),
    );
  });

  it("names each missing member, and the rule's place in the document", () => {
    const found = oracle.judge("ward", BED, {}, { today: "2026-11-20" });
    expect(found.map(({ missing }) => missing)).toEqual(["name", "since"]);
    expect(found[0]?.schema).toBe(`${BED}/required`);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "a member called %s is one of no schema",
    (name) => {
      const value = JSON.parse(`{"name":"a","since":"1984","${name}":{"a":1}}`) as Json;
      expect(rules(value)).toEqual([["additionalProperties", ""]]);
    },
  );

  it.each([
    ["2026-11-20", "2026-11-20", true],
    ["2026-11-21", "2026-11-20", false],
    ["2026-11", "2026-11-20", true],
    ["2026-12", "2026-11-20", false],
    ["2026", "2026-01-01", true],
    ["2027", "2026-12-31", false],
  ])("%s has begun on %s: %p", (since, today, hasBegun) => {
    expect(rules({ name: "a", since }, today)).toEqual(hasBegun ? [] : [["x-not-after-today", "/since"]]);
  });

  it("tells of every rule as it is held, and of every value that a schema speaks about", () => {
    const held: Held[] = [];
    const visited: string[] = [];
    const value = { name: "a", since: "1984", other: { deep: 1 } };
    oracle.judge("ward", BED, value, {
      today: "2026-11-20",
      watch: (one) => held.push(one),
      visit: (at) => visited.push(at),
    });
    expect(held).toContainEqual({
      instance: "/name",
      value: "a",
      keyword: "maxLength",
      schema: `${BED}/properties/name/maxLength`,
      isKept: true,
    });
    expect(visited).not.toContain("/other/deep");
  });

  it.each<[Json, string[]]>([
    ["ab", []],
    [[], []],
    [[1], []],
    [[null], []],
    [["a"], ["oneOf ", "type /0", "anyOf /0", "type "]],
    ["abc", ["oneOf ", "maxLength ", "type "]],
  ])("of several schemas holds those against %j of which one must be kept", (value, broken) => {
    const found = oracle.judge("ward", LINE, value, { today: "2026-11-20" });
    expect([...new Set(found.map(({ keyword, instance }) => `${keyword} ${instance}`))].sort()).toEqual(
      broken.sort(),
    );
  });

  it("refuses a document that is no OpenAPI 3.1", async () => {
    const broken = { ...DOCUMENT, components: { schemas: { Bed: { type: "strang" } } } };
    await expect(SchemaOracle.of(new Map([["ward", broken]]), () => [BED])).rejects.toThrow();
  });
});
