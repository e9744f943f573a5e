import { describe, expect, it } from "@jest/globals";
import { etagOf, isCurrent, requireMatch } from "./etag.ts";
import { problemOf } from "./testing/caught.ts";

const CURRENT = { version: 3 };

describe("etagOf", () => {
  it("is the version in quotes", () => {
    expect(etagOf(CURRENT)).toBe('"3"');
  });
});

describe("requireMatch (strong comparison)", () => {
  it.each([undefined, '"3"', "*", '"1", "3"', '"1","3","9"', ' "3" '])("admits %j", (header) => {
    expect(() => requireMatch(header, CURRENT)).not.toThrow();
  });

  it.each(['"2"', 'W/"3"', "3", '"33"', '"3', "'3'", "", ",", '"W/3"', "**", '"*"', 'W/"3", "2"', "null"])(
    "refuses %j",
    async (header) => {
      const problem = await problemOf(() => requireMatch(header, CURRENT));
      expect(problem).toMatchObject({ code: "precondition-failed", status: 412 });
    },
  );
});

describe("isCurrent (weak comparison)", () => {
  it.each(['"3"', 'W/"3"', "*", '"1", W/"3"', 'W/"1",W/"3"'])("finds the version in %j", (header) => {
    expect(isCurrent(header, CURRENT)).toBe(true);
  });

  it.each([undefined, '"2"', "3", "", 'w/"3"', '"W/3"', 'W/W/"3"', 'W/ "3"', '"3'])(
    "does not find it in %j",
    (header) => {
      expect(isCurrent(header, CURRENT)).toBe(false);
    },
  );
});
