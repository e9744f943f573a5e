import { describe, expect, it } from "@jest/globals";
import { Decimal128, Double, Int32, Long } from "bson";
import fc from "fast-check";
import { arbitraryValue } from "../testing/arbitrary-value.ts";
import { compareValues } from "./compare-values.ts";
import { encodeKey, encodeValue } from "./encode-key.ts";

describe("encodeKey", () => {
  it("orders any two values as BSON does", () => {
    fc.assert(
      fc.property(arbitraryValue(), arbitraryValue(), (left, right) => {
        const order = Buffer.compare(encodeValue(left), encodeValue(right));
        expect(order).toBe(Math.sign(compareValues(left, right)));
      }),
      { numRuns: 3000 },
    );
  });

  it("orders pairs by the first value, then the second, each in its direction", () => {
    const pair = fc.tuple(arbitraryValue(), arbitraryValue());
    fc.assert(
      fc.property(pair, pair, fc.constantFrom<1 | -1>(1, -1), (left, right, direction) => {
        const order = Buffer.compare(encodeKey(left, [direction, 1]), encodeKey(right, [direction, 1]));
        const wanted = direction * compareValues(left[0], right[0]) || compareValues(left[1], right[1]);
        expect(order).toBe(Math.sign(wanted));
      }),
      { numRuns: 2000 },
    );
  });

  it("gives no value a key that begins another's", () => {
    fc.assert(
      fc.property(arbitraryValue(), arbitraryValue(), (left, right) => {
        const [one, other] = [encodeValue(left), encodeValue(right)];
        expect(other.subarray(0, one.length).equals(one)).toBe(one.equals(other));
      }),
    );
  });

  it("takes equal numbers of any type for one", () => {
    expect(encodeValue(new Int32(9))).toEqual(encodeValue(new Double(9)));
    expect(encodeValue(Long.fromNumber(9))).toEqual(encodeValue(new Double(9)));
    expect(Buffer.compare(encodeValue(Long.fromNumber(9)), encodeValue(new Int32(10)))).toBe(-1);
  });

  it("refuses what it could not order", () => {
    expect(() => encodeValue(Decimal128.fromString("1"))).toThrow("Decimal128");
    expect(() => encodeValue(Long.MAX_VALUE)).toThrow("2^53");
  });
});
