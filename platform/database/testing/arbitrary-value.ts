import { Binary, BSONRegExp, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import fc from "fast-check";

/** Any value that the database stores, for property tests; few enough of each kind that equal ones are common. */
export function arbitraryValue(): fc.Arbitrary<unknown> {
  return fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      scalar(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc
        .dictionary(fc.constantFrom("a", "b", "ab", "a\u00e9", ""), tie("value"), { maxKeys: 3 })
        .map((fields) => ({ ...fields })),
    ),
  })).value;
}

/** Any value that is neither a document nor an array. */
export function scalar(): fc.Arbitrary<unknown> {
  return fc.oneof(
    number(),
    text(),
    fc.boolean(),
    fc.constantFrom<unknown>(null, new MinKey(), new MaxKey()),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
    fc
      .tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(0, 4, 128))
      .map(([bytes, type]) => new Binary(bytes, type)),
    fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
    fc
      .tuple(fc.constantFrom("a", "ab", "b"), fc.constantFrom("", "i", "m"))
      .map(([pattern, flags]) => new BSONRegExp(pattern, flags)),
  );
}

function number(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.integer({ min: -3, max: 3 }).map((value) => new Int32(value)),
    fc.integer().map((value) => new Int32(value)),
    fc.maxSafeInteger().map((value) => Long.fromNumber(value)),
    fc.double().map((value) => new Double(value)),
    fc
      .constantFrom(0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, 2 ** 53)
      .map((value) => new Double(value)),
  );
}

/** With characters whose order differs between UTF-8 and UTF-16, and with NUL. */
function text(): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.constantFrom("a", "b", "\0", "\u0001", "\u00ff", "\ufb01", "\u{1f600}"),
    maxLength: 4,
  });
}
