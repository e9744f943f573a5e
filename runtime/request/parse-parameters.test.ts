import { describe, expect, it } from "@jest/globals";
import type { ParameterDefinition } from "../operation.ts";
import { fakeRequest } from "../testing/fake-request.ts";
import { parseParameters } from "./parse-parameters.ts";

const define = (
  name: string,
  type: ParameterDefinition["type"],
  where: ParameterDefinition["in"] = "query",
  array = false,
): ParameterDefinition => ({ name, in: where, type, array });

const DEFINITIONS = [
  define("limit", "integer"),
  define("ratio", "number"),
  define("whole", "boolean"),
  define("cursor", "string"),
  define("status", "string", "query", true),
  define("patientId", "string", "path"),
  define("if-match", "string", "header"),
  define("x-count", "integer", "header"),
];

const queryOf = (query: string) => ({
  ...parseParameters(fakeRequest({ target: `/x?${query}` }), DEFINITIONS).query,
});

describe("parseParameters", () => {
  it.each([
    ["limit=10", { limit: 10 }],
    ["limit=-1", { limit: -1 }],
    ["limit=999999999999999", { limit: 999_999_999_999_999 }],
    ["ratio=1.5", { ratio: 1.5 }],
    ["whole=true", { whole: true }],
    ["whole=false", { whole: false }],
    ["cursor=10", { cursor: "10" }],
    ["cursor=", { cursor: "" }],
    ["cursor=a+b%20c%2B", { cursor: "a b c+" }],
    ["cursor", { cursor: "" }],
    ["status=a", { status: ["a"] }],
    ["status=a&status=b", { status: ["a", "b"] }],
    ["", {}],
    ["&&", {}],
  ])("converts %j", (query, expected) => {
    expect(queryOf(query)).toEqual(expected);
  });

  it.each([
    ["limit=1e3", "1e3"],
    ["limit=%2B1", "+1"],
    ["limit=+1", " 1"],
    ["limit=1%20", "1 "],
    ["limit=0x10", "0x10"],
    ["limit=1.0", "1.0"],
    ["limit=", ""],
    ["limit=--1", "--1"],
    ["limit=NaN", "NaN"],
    ["limit=Infinity", "Infinity"],
    ["limit=1%0A", "1\n"],
    ["limit=%D9%A1", "١"],
    ["limit=9007199254740993", "9007199254740993"],
    [`limit=${"9".repeat(400)}`, "9".repeat(400)],
  ])("leaves %j as text, which an integer's schema refuses", (query, text) => {
    expect(queryOf(query)).toEqual({ limit: text });
  });

  it.each(["1e3", "1.", ".5", "1,5", "Infinity"])("leaves %j as text for a number", (text) => {
    expect(queryOf(`ratio=${text}`)).toEqual({ ratio: text });
  });

  it.each(["TRUE", "1", "yes", ""])("leaves %j as text for a boolean", (text) => {
    expect(queryOf(`whole=${text}`)).toEqual({ whole: text });
  });

  it("makes an array of a parameter that is sent twice, which its schema refuses", () => {
    expect(queryOf("limit=1&limit=1&cursor=a&cursor=b")).toEqual({ limit: [1, 1], cursor: ["a", "b"] });
  });

  it("keeps unknown parameters for the validator to refuse, whatever they are called", () => {
    const { query } = parseParameters(
      fakeRequest({ target: "/x?unknown=1&Limit=1&__proto__=1&constructor=2&__proto__[polluted]=3" }),
      DEFINITIONS,
    );
    expect(Object.keys(query)).toEqual([
      "unknown",
      "Limit",
      "__proto__",
      "constructor",
      "__proto__[polluted]",
    ]);
    expect(Object.getPrototypeOf(query)).toBeNull();
    expect("polluted" in {}).toBe(false);
  });

  it("takes malformed escapes as they are, without throwing", () => {
    expect(queryOf("cursor=%&limit=%zz")).toEqual({ cursor: "%", limit: "%zz" });
    expect(queryOf("cursor=%ff%00")).toEqual({ cursor: "\ufffd\0" });
  });

  it("reads path and header parameters, and no header that is not declared", () => {
    const request = fakeRequest({
      params: { patientId: "7", other: "8" },
      headers: { "If-Match": '"1"', "X-Count": "3", authorization: "secret" },
    });
    expect(parseParameters(request, DEFINITIONS)).toMatchObject({
      path: { patientId: "7" },
      headers: { "if-match": '"1"', "x-count": 3 },
    });
    expect(Object.keys(parseParameters(request, DEFINITIONS).headers)).toEqual(["if-match", "x-count"]);
  });

  it("reads a path parameter as the type that the contract gives it", () => {
    const read = (from: string) =>
      parseParameters(fakeRequest({ params: { from } }), [define("from", "integer", "path")]).path.from;
    expect(["12", "-1", "1.5", "x", ""].map(read)).toEqual([12, -1, "1.5", "x", ""]);
  });

  it("gives a path parameter that the host did not name the empty text, which its schema refuses", () => {
    expect(parseParameters(fakeRequest(), DEFINITIONS).path).toEqual({ patientId: "" });
  });

  it("reads tens of thousands of names in one pass", () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `n${index}`);
    expect(Object.keys(queryOf(names.join("&")))).toHaveLength(50_000);
  });
});
