import { describe, expect, it } from "@jest/globals";
import { parseProjection } from "./projection.ts";

const document = { _id: 7, a: 1, b: { c: 2, d: 3 }, e: [{ f: 4, g: 5 }, 6, [{ f: 8 }]] };

describe("parseProjection", () => {
  it.each([
    [{ a: 1 }, { _id: 7, a: 1 }],
    [{ a: true, _id: 0 }, { a: 1 }],
    [{ "b.c": 1, _id: 0 }, { b: { c: 2 } }],
    [{ "e.f": 1, _id: 0 }, { e: [{ f: 4 }, [{ f: 8 }]] }],
    [
      { b: 0, e: 0 },
      { _id: 7, a: 1 },
    ],
    [
      { _id: 0, e: false, "b.d": 0 },
      { a: 1, b: { c: 2 } },
    ],
    [{ _id: 1 }, { _id: 7 }],
    [{ _id: 0 }, { a: 1, b: { c: 2, d: 3 }, e: [{ f: 4, g: 5 }, 6, [{ f: 8 }]] }],
    [{ missing: 1, _id: 0 }, {}],
  ])("%j", (specification, expected) => {
    expect(parseProjection(specification)?.(document)).toEqual(expected);
  });

  it.each([
    [{ a: 1, b: 0 }, "Location31254"],
    [{ b: 1, "b.c": 1 }, "Location31249"],
    [{ a: { $slice: 1 } }, "NotImplemented"],
    [{ "a.$": 1 }, "BadValue"],
    [{ a: "$b" }, "NotImplemented"],
  ])("refuses %j", (specification, codeName) => {
    expect(() => parseProjection(specification)).toThrow(expect.objectContaining({ codeName }));
  });
});
