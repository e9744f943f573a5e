import { describe, expect, it } from "@jest/globals";
import type { CheckedOperation, CheckedParameter } from "../contract/operation.ts";
import { readParameters } from "./read-parameters.ts";
import type { SentRequest } from "./sent-request.ts";

const SCHEMAS = {
  id: { type: "string" },
  limit: { type: "integer" },
  tags: { type: "array", items: { type: "string" } },
  "if-match": { type: "string" },
  "x-codes": { type: "array", items: { type: "integer" } },
};

const parameter = (name: keyof typeof SCHEMAS, place: CheckedParameter["in"]): CheckedParameter => ({
  name,
  in: place,
  required: false,
  pointer: "",
  schema: `/${name}`,
  invalidStatus: 404,
});

const operation: CheckedOperation = {
  api: "ward",
  operationId: "getBed",
  method: "GET",
  path: "/ward/{id}/beds",
  internal: false,
  onlyReads: true,
  pointer: "",
  parameters: [
    parameter("id", "path"),
    parameter("limit", "query"),
    parameter("tags", "query"),
    parameter("if-match", "header"),
    parameter("x-codes", "header"),
  ],
  body: null,
  responses: new Map(),
  document: SCHEMAS,
};

const read = (target: string, headers: SentRequest["headers"] = []) =>
  readParameters({ method: "GET", target, headers, body: null, key: "right" }, operation);

describe("parameters by OpenAPI's default styles", () => {
  it("takes a path parameter from its segment, decoded but for slashes", () => {
    expect(read("/ward/a%20%C3%A9%2Fb/beds").path).toEqual({ id: "a \u00E9%2Fb" });
  });

  it.each([
    ["limit=5", 5],
    ["limit=005", 5],
    ["limit=-5", -5],
    ["limit=5.0", "5.0"],
    ["limit=1e3", "1e3"],
    ["limit=%2B5", "+5"],
    ["limit=", ""],
    ["limit=1234567890123456", "1234567890123456"],
    ["limit=1&limit=2", [1, 2]],
  ])("reads %s as %j", (query, expected) =>
    expect(read(`/ward/a/beds?${query}`).query.limit).toEqual(expected),
  );

  it("explodes a list", () => {
    expect(read("/ward/a/beds?tags=a").query).toEqual({ tags: ["a"] });
    expect(read("/ward/a/beds?tags=a&tags=b,c").query).toEqual({ tags: ["a", "b,c"] });
  });

  it("tells of names that nobody declared", () => {
    expect(read("/ward/a/beds?limit=1").hasUnknownQuery).toBe(false);
    for (const name of ["Limit", "x", "__proto__", ""])
      expect(read(`/ward/a/beds?${name}=1`).hasUnknownQuery).toBe(true);
  });

  it("joins the lines of a header, and splits what is a list", () => {
    const headers: SentRequest["headers"] = [
      ["If-Match", ' "a"'],
      ["if-match", '"b"\t'],
      ["X-Codes", "1, 2,x"],
    ];
    expect(read("/ward/a/beds", headers).header).toEqual({ "if-match": '"a", "b"', "x-codes": [1, 2, "x"] });
  });
});
