import { describe, expect, it } from "@jest/globals";
import { BSONRegExp, Int32, Long, serialize } from "bson";
import { decodeDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import { matches } from "./matches.ts";
import { parseFilter } from "./parse-filter.ts";

/** Documents and queries pass through BSON, so that they look as they do in the server. */
function isMatch(document: Document, query: Document): boolean {
  return matches(decodeDocument(serialize(document)), parseFilter(decodeDocument(serialize(query))));
}

const cases: [string, Document, Document, boolean][] = [
  ["equality of numbers of different types", { a: 1 }, { a: Long.fromNumber(1) }, true],
  ["Long as a number, not as text", { a: Long.fromNumber(9) }, { a: { $lt: new Int32(10) } }, true],
  ["sub-documents by the order of their fields", { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, false],
  ["sub-documents as a whole", { a: { x: 1, y: 2 } }, { a: { x: 1 } }, false],
  ["null for a missing field", {}, { a: null }, true],
  ["null not for an empty array", { a: [] }, { a: null }, false],
  ["null for a path through a scalar", { a: 1 }, { "a.b": null }, true],
  ["null not for a path through an array of scalars", { a: [1] }, { "a.b": null }, false],
  ["null for one element without the field", { a: [{ b: 1 }, {}] }, { "a.b": null }, true],
  ["an element of an array", { a: [1, 2] }, { a: 2 }, true],
  ["a whole array", { a: [1, 2] }, { a: [1, 2] }, true],
  ["no array inside an array", { a: [[1, 2]] }, { a: 1 }, false],
  ["an array's position", { a: [5, 6] }, { "a.1": 6 }, true],
  ["a field in an array of documents", { a: [{ b: 1 }, { b: 2 }] }, { "a.b": 2 }, true],
  ["$ne against every element", { a: [1, 2] }, { a: { $ne: 2 } }, false],
  ["$ne for a missing field", {}, { a: { $ne: 2 } }, true],
  ["$nin", { a: 3 }, { a: { $nin: [1, 2] } }, true],
  ["$in with null", {}, { a: { $in: [1, null] } }, true],
  ["$in with an expression", { a: "abc" }, { a: { $in: [/^ab/] } }, true],
  ["ranges within a type only", { a: "5" }, { a: { $gt: 1 } }, false],
  ["two bounds met by two elements", { a: [0, 10] }, { a: { $gt: 1, $lt: 5 } }, true],
  ["$elemMatch by one element", { a: [0, 10] }, { a: { $elemMatch: { $gt: 1, $lt: 5 } } }, false],
  [
    "$elemMatch of a document",
    { a: [{ b: 1, c: 1 }, { b: 2 }] },
    { a: { $elemMatch: { b: 1, c: 1 } } },
    true,
  ],
  [
    "$elemMatch not across elements",
    { a: [{ b: 1 }, { c: 1 }] },
    { a: { $elemMatch: { b: 1, c: 1 } } },
    false,
  ],
  ["$gte null for a missing field", {}, { a: { $gte: null } }, true],
  ["$gt null for nothing", { a: null }, { a: { $gt: null } }, false],
  ["NaN is less than nothing", { a: NaN }, { a: { $lt: 5 } }, false],
  ["NaN equals itself", { a: NaN }, { a: NaN }, true],
  ["$exists", { a: null }, { a: { $exists: true } }, true],
  ["$exists: 0", {}, { a: { $exists: 0 } }, true],
  ["$type number", { a: 1.5 }, { a: { $type: "number" } }, true],
  ["$type by number", { a: "x" }, { a: { $type: 2 } }, true],
  ["$type array", { a: [1] }, { a: { $type: "array" } }, true],
  ["$size", { a: [1, 2] }, { a: { $size: 2 } }, true],
  ["$all", { a: [1, 2, 3] }, { a: { $all: [1, 3] } }, true],
  ["$all of a scalar", { a: 1 }, { a: { $all: [1] } }, true],
  ["$all of nothing", { a: [] }, { a: { $all: [] } }, false],
  ["$not", { a: 5 }, { a: { $not: { $gt: 3 } } }, false],
  ["$not for a missing field", {}, { a: { $not: { $gt: 3 } } }, true],
  ["$nor", { a: 1 }, { $nor: [{ a: 2 }, { b: 1 }] }, true],
  ["$or and $and", { a: 1, b: 2 }, { $or: [{ a: 2 }, { $and: [{ a: 1 }, { b: 2 }] }] }, true],
  ["$regex with options", { a: "ABC" }, { a: { $regex: "^ab", $options: "i" } }, true],
  ["a regular expression as a value", { a: /x/ }, { a: /x/ }, true],
  ["a field called like a prototype's", {}, { constructor: { $exists: true } }, false],
];

describe("matches", () => {
  it.each(cases)("%s", (_title, document, query, expected) => {
    expect(isMatch(document, query)).toBe(expected);
  });

  it.each<[string, Document]>([
    ["unknown operators", { a: { $foo: 1 } }],
    ["unknown top level operators", { $foo: 1 }],
    ["operators mixed with fields", { a: { $gt: 1, b: 2 } }],
    ["$where", { $where: "true" }],
    ["$expr", { $expr: {} }],
    ["$mod", { a: { $mod: [2, 0] } }],
    ["integers beyond 2^53", { a: { $gt: Long.MAX_VALUE } }],
    ["an empty $or", { $or: [] }],
    ["$ne of an expression", { a: { $ne: /x/ } }],
    ["unknown types", { a: { $type: "text" } }],
    ["dollars in a value", { a: { b: { $gt: 1 } } }],
    ["reserved names", JSON.parse('{"__proto__": 1}') as Document],
    ["syntax of PCRE's own", { a: new BSONRegExp("(?>a)") }],
    ["invalid expressions", { a: new BSONRegExp("(") }],
  ])("refuses %s", (_title, query) => {
    expect(() => parseFilter(decodeDocument(serialize(query)))).toThrow(
      expect.objectContaining({ name: "CommandError" }),
    );
  });
});
