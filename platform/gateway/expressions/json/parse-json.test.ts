import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Thrown } from "../runtime/thrown.ts";
import { parseJson } from "./parse-json.ts";

describe("parseJson", () => {
  it("reads what JSON.stringify writes, and writes what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(parseJson(text).toJson(false))).toEqual(JSON.parse(text));
        expect(JSON.parse(parseJson(text).toJson(true))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("fails on any other text as .NET exception only", () => {
    const pieces = fc.constantFrom(
      ..."{ } [ ] , : \" ' \\ a 1 -1e5 . null true /* */ // \n \\u00e4 \\ud800 undefined NaN".split(" "),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        expect(isReadOrRefused(parts.join(""))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

function isReadOrRefused(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch (error) {
    return error instanceof Thrown && error.exception.name === "JsonReaderException";
  }
}
