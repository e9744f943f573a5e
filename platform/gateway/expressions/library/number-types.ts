import { parseNumberOrRaise } from "../runtime/convert.ts";
import {
  castNumber,
  compareNumbers,
  decimal,
  double,
  integer,
  integerRange,
  isIntegerKind,
  numericKind,
  toNumber,
  type NumericKind,
} from "../runtime/number.ts";
import { parseNumber } from "../runtime/parse-number.ts";
import { formatValue } from "../runtime/text-of.ts";
import { Decimal } from "../runtime/decimal.ts";
import { defineType, type Cell, type MemberTable } from "../types/type-definition.ts";

const KINDS: readonly NumericKind[] = [
  "sbyte",
  "byte",
  "short",
  "ushort",
  "int",
  "uint",
  "long",
  "ulong",
  "float",
  "double",
  "decimal",
];

/** The numeric types. */
export const NUMBER_TYPES = KINDS.map((kind) =>
  defineType(`struct System.${kind}`, {
    holds: (value) => numericKind(value) === kind,
    instance: {
      "string ToString(string? format)": (self: unknown, format: string | null) =>
        formatValue(self, format ?? ""),
      [`int CompareTo(${kind} other)`]: (self: unknown, other: unknown) => compareNumbers(self, other) || 0,
    },
    statics: {
      [`${kind} Parse(string text)`]: (text: string) => parseNumberOrRaise(text, kind),
      [`bool TryParse(string? text, out ${kind} result)`]: (text: string | null, result: Cell) => {
        const parsed = text === null ? "format" : parseNumber(text, kind);
        const isNumber = typeof parsed === "object";
        result.value = isNumber ? parsed.value : castNumber(0, kind);
        return isNumber;
      },
      ...limits(kind),
      ...realTests(kind),
    },
  }),
);

function limits(kind: NumericKind): MemberTable {
  const [least, most] = limitsOf(kind);
  return { [`${kind} MinValue`]: () => least, [`${kind} MaxValue`]: () => most };
}

function limitsOf(kind: NumericKind): [unknown, unknown] {
  if (isIntegerKind(kind)) {
    const range = integerRange(kind);
    return [integer(kind, range.least), integer(kind, range.most)];
  }
  if (kind === "decimal") {
    const most = Decimal.of(2n ** 96n - 1n, 0);
    return [decimal(most.negate()), decimal(most)];
  }
  const most = kind === "double" ? Number.MAX_VALUE : 3.4028234663852886e38;
  return [castNumber(double(-most), kind), castNumber(double(most), kind)];
}

function realTests(kind: NumericKind): MemberTable {
  if (kind !== "double" && kind !== "float") return {};
  return {
    [`bool IsNaN(${kind} value)`]: (value: unknown) => Number.isNaN(toNumber(value)),
    [`bool IsInfinity(${kind} value)`]: (value: unknown) =>
      Math.abs(toNumber(value)) === Number.POSITIVE_INFINITY,
    [`${kind} NaN`]: () => castNumber(double(Number.NaN), kind),
  };
}
