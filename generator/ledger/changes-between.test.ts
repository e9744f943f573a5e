import { describe, expect, it } from "@jest/globals";
import type { Json } from "../load/json.ts";
import { changesBetween } from "./changes-between.ts";

describe("changesBetween", () => {
  it.each<[string, Json, Json, string[]]>([
    ["nothing", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ["a value", { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ["a/c"]],
    ["a value of another type", { a: 1 }, { a: [1] }, ["a"]],
    ["null", { a: null }, { a: {} }, ["a"]],
    ["a new member", { a: {} }, { a: { b: { c: 1 } } }, ["a/b"]],
    ["a member that is gone, at what held it", { a: { b: 1, c: 2 } }, { a: { b: 1 } }, ["a"]],
    ["several that are gone, once", { a: { b: 1, c: 2, d: 3 } }, { a: { b: 1 } }, ["a"]],
    ["a new name, once", { a: 1, b: { c: 2 } }, { a: 1, d: { c: 2 } }, ["d"]],
    ["one that went and one that came", { a: 1 }, { b: 2 }, ["b", ""]],
    ["a member that moved", { a: 1, b: 2, c: 3 }, { c: 3, a: 1, b: 2 }, ["c"]],
    ["a new member that moves others", { a: 1, b: 2 }, { c: 3, a: 1, b: 2 }, ["c"]],
    ["an item", [1, 2, 3], [1, 9, 3], ["1"]],
    ["an item put in", [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 5 }, { a: 2 }], ["1"]],
    ["an item at the end", [1], [1, 2], ["1"]],
    ["an item taken out, at its list", { a: [1, 2, 3] }, { a: [1, 3] }, ["a"]],
    ["items inside", { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, ["a/1/b"]],
    ["members of an object's prototype", { a: {} }, { a: { constructor: 1 } }, ["a/constructor"]],
  ])("finds %s", (_what, before, after, expected) => {
    expect(changesBetween(before, after).map((path) => path.join("/"))).toEqual(expected);
  });
});
