import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Decimal } from "./decimal.ts";

const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }));

describe("Decimal", () => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(amounts, ([unscaled, scale]) => {
        const value = Decimal.of(unscaled, scale);
        expect(Decimal.parse(value.toString())).toEqual(value);
      }),
    );
  });

  it("adds and multiplies exactly", () => {
    fc.assert(
      fc.property(amounts, amounts, ([a, m], [b, n]) => {
        const [left, right] = [Decimal.of(a, m), Decimal.of(b, n)];
        expect(left.add(right).add(right.negate()).compare(left)).toBe(0);
        expect(left.multiply(right).compare(Decimal.of(a * b, m + n))).toBe(0);
      }),
    );
  });

  it.each([
    ["2.5", 0, false, "2"],
    ["3.5", 0, false, "4"],
    ["2.5", 0, true, "3"],
    ["-2.5", 0, true, "-3"],
    ["1.005", 2, false, "1.00"],
  ])("rounds %s to %s places", (text, places, away, expected) => {
    expect(Decimal.parse(text).round(places, away).toString()).toBe(expected);
  });

  it("throws when the result has more than 96 bits", () => {
    const most = Decimal.of(2n ** 96n - 1n, 0);
    expect(() => most.add(Decimal.of(1n, 0))).toThrow("too large or too small for a Decimal");
  });
});
