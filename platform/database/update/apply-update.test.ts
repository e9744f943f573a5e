import { describe, expect, it } from "@jest/globals";
import { deserialize, Int32, Long, serialize } from "bson";
import type { Document } from "../values/document.ts";
import { decodeDocument, encodeDocument } from "../values/document.ts";
import { applyUpdate } from "./apply-update.ts";
import { parseUpdate } from "./parse-update.ts";

const now = new Date("2026-01-02T03:04:05.678Z");

function updated(document: Document, update: Document, inserting = false): Document {
  const parsed = parseUpdate(decodeDocument(serialize(update)));
  const after = applyUpdate(decodeDocument(serialize(document)), parsed, { inserting, now });
  return deserialize(encodeDocument(after));
}

const cases: [string, Document, Document, Document][] = [
  ["$set of a path makes documents", {}, { $set: { "a.b": 1 } }, { a: { b: 1 } }],
  ["$set in the order of names", {}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
  ["$set of an array's position", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
  ["$unset", { a: 1, b: { c: 2 } }, { $unset: { a: "", "b.c": "" } }, { b: {} }],
  ["$unset of an element leaves null", { a: [1, 2] }, { $unset: { "a.0": 1 } }, { a: [null, 2] }],
  ["$unset of what is missing", { a: 1 }, { $unset: { "a.b": 1, c: 1 } }, { a: 1 }],
  ["$inc", { a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
  ["$mul", { a: 2 }, { $mul: { a: 2.5, b: 3 } }, { a: 5, b: 0 }],
  ["$min and $max", { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 3 } }, { a: 3, b: 5, c: 1 }],
  ["$min across types", { a: "x" }, { $min: { a: 3 } }, { a: 3 }],
  ["$push", { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  ["$push $each $slice", { a: [1] }, { $push: { a: { $each: [2, 3], $slice: -2 } } }, { a: [2, 3] }],
  ["$addToSet", { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ["$pull of a value", { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ["$pull by a condition", { a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { a: [1] }],
  ["$pull by a query", { a: [{ b: 1, c: 1 }, { b: 2 }] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }] }],
  [
    "$pullAll and $pop",
    { a: [1, 2], b: [1, 2] },
    { $pullAll: { a: [1] }, $pop: { b: -1 } },
    { a: [2], b: [2] },
  ],
  ["$rename", { a: 1, b: { c: 2 } }, { $rename: { a: "x", "b.c": "y.z" } }, { b: {}, x: 1, y: { z: 2 } }],
  ["$rename of what is missing", { b: 1 }, { $rename: { a: "b" } }, { b: 1 }],
  ["$currentDate", {}, { $currentDate: { a: true, b: { $type: "date" } } }, { a: now, b: now }],
  ["$setOnInsert of an update", {}, { $setOnInsert: { a: 1 } }, {}],
  ["a replacement keeps the id", { _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
  ["an id set to itself", { _id: 1 }, { $set: { _id: 1, a: 1 } }, { _id: 1, a: 1 }],
];

const refusals: [string, Document, Document, string][] = [
  ["$inc of a string", { a: "1" }, { $inc: { a: 1 } }, "TypeMismatch"],
  ["$inc by a string", {}, { $inc: { a: "1" } }, "TypeMismatch"],
  ["$inc beyond 2^53", { a: Long.fromNumber(2 ** 53 - 1) }, { $inc: { a: 1 } }, "NotImplemented"],
  ["a path through a scalar", { a: 1 }, { $set: { "a.b": 1 } }, "PathNotViable"],
  ["a path through null", { a: null }, { $set: { "a.b": 1 } }, "PathNotViable"],
  ["a name in an array", { a: [1] }, { $set: { "a.b": 1 } }, "PathNotViable"],
  ["one path twice", {}, { $set: { a: 1 }, $inc: { a: 1 } }, "ConflictingUpdateOperators"],
  ["a path within another", {}, { $set: { a: 1, "a.b": 1 } }, "ConflictingUpdateOperators"],
  ["$rename onto a changed field", {}, { $rename: { a: "b" }, $set: { b: 1 } }, "ConflictingUpdateOperators"],
  ["another id", { _id: 1 }, { $set: { _id: 2 } }, "ImmutableField"],
  ["no id", { _id: 1 }, { $unset: { _id: 1 } }, "ImmutableField"],
  ["a replacement's other id", { _id: 1 }, { _id: 2 }, "ImmutableField"],
  ["unknown operators", {}, { $foo: { a: 1 } }, "FailedToParse"],
  ["fields beside operators", {}, { $set: { a: 1 }, b: 1 }, "FailedToParse"],
  ["operators beside fields", {}, { b: 1, $set: { a: 1 } }, "DollarPrefixedFieldName"],
  ["positional operators", { a: [1] }, { $set: { "a.$": 1 } }, "NotImplemented"],
  ["filtered positional operators", { a: [1] }, { $set: { "a.$[x]": 1 } }, "NotImplemented"],
  ["$push $sort", { a: [1] }, { $push: { a: { $each: [], $sort: 1 } } }, "NotImplemented"],
  ["$push to a scalar", { a: 1 }, { $push: { a: 1 } }, "BadValue"],
  ["empty names", {}, { $set: { "a..b": 1 } }, "EmptyFieldName"],
  ["dollars in a value", {}, { $set: { a: { $b: 1 } } }, "DollarPrefixedFieldName"],
  ["prototypes", {}, { $set: { "a.__proto__.b": 1 } }, "NotImplemented"],
  ["a gap of millions", { a: [] }, { $set: { "a.99999999": 1 } }, "BadValue"],
];

describe("applyUpdate", () => {
  it.each(cases)("%s", (_title, document, update, expected) => {
    const after = updated(document, update);
    expect(after).toEqual(expected);
    expect(Object.keys(after)).toEqual(Object.keys(expected));
  });

  it.each(refusals)("refuses %s", (_title, document, update, codeName) => {
    expect(() => updated(document, update)).toThrow(expect.objectContaining({ codeName }));
  });

  it("sets on insert when it inserts", () => {
    expect(updated({}, { $setOnInsert: { a: 1 }, $inc: { n: 1 } }, true)).toEqual({ a: 1, n: 1 });
  });

  it("widens integers and keeps their types", () => {
    const sum = (left: unknown, right: unknown): unknown => {
      const parsed = parseUpdate(decodeDocument(serialize({ $inc: { a: right } })));
      return applyUpdate({ a: left }, parsed, { inserting: false, now }).a;
    };
    expect(sum(new Int32(1), new Int32(1))).toEqual(new Int32(2));
    expect(sum(new Int32(2 ** 31 - 1), new Int32(1))).toEqual(Long.fromNumber(2 ** 31));
    expect(sum(new Int32(1), Long.fromNumber(1))).toEqual(Long.fromNumber(2));
  });

  it("refuses pipelines", () => {
    expect(() => parseUpdate([{ $set: { a: 1 } }])).toThrow("pipeline");
  });
});
