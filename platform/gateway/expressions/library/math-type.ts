import { arithmetic } from "../runtime/arithmetic.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import {
  castNumber,
  compareNumbers,
  decimal,
  double,
  toDecimal,
  toNumber,
  type NumericKind,
} from "../runtime/number.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";
import { Decimal } from "../runtime/decimal.ts";
import { defineType, type MemberTable } from "../types/type-definition.ts";

const KINDS: readonly NumericKind[] = [
  "int",
  "long",
  "double",
  "decimal",
  "float",
  "uint",
  "ulong",
  "short",
  "byte",
];

/** `System.Math`. */
export const MATH_TYPE = defineType("static System.Math", {
  statics: {
    ...Object.fromEntries(KINDS.flatMap((kind) => Object.entries(perKind(kind)))),
    ...onDoubles({
      Sqrt: Math.sqrt,
      Log: Math.log,
      Log10: Math.log10,
      Exp: Math.exp,
      Sin: Math.sin,
      Cos: Math.cos,
      Tan: Math.tan,
      Floor: Math.floor,
      Ceiling: Math.ceil,
      Truncate: Math.trunc,
    }),
    "double Pow(double x, double y)": (x: unknown, y: unknown) => double(toNumber(x) ** toNumber(y)),
    "decimal Floor(decimal value)": (value: unknown) =>
      wholeDecimal(value, (whole, isExact, isNegative) => (isNegative && !isExact ? whole - 1n : whole)),
    "decimal Ceiling(decimal value)": (value: unknown) =>
      wholeDecimal(value, (whole, isExact, isNegative) => (isNegative || isExact ? whole : whole + 1n)),
    "decimal Truncate(decimal value)": (value: unknown) => wholeDecimal(value, (whole) => whole),
    "double Round(double value)": (value: unknown) => roundDouble(value, 0, false),
    "double Round(double value, int digits)": (value: unknown, digits: number) =>
      roundDouble(value, digits, false),
    "double Round(double value, MidpointRounding mode)": (value: unknown, mode: EnumValue) =>
      roundDouble(value, 0, mode.value === 1),
    "double Round(double value, int digits, MidpointRounding mode)": (
      value: unknown,
      digits: number,
      mode: EnumValue,
    ) => roundDouble(value, digits, mode.value === 1),
    "decimal Round(decimal value)": (value: unknown) => roundDecimal(value, 0, false),
    "decimal Round(decimal value, int digits)": (value: unknown, digits: number) =>
      roundDecimal(value, digits, false),
    "decimal Round(decimal value, MidpointRounding mode)": (value: unknown, mode: EnumValue) =>
      roundDecimal(value, 0, mode.value === 1),
    "decimal Round(decimal value, int digits, MidpointRounding mode)": (
      value: unknown,
      digits: number,
      mode: EnumValue,
    ) => roundDecimal(value, digits, mode.value === 1),
    "double PI": () => double(Math.PI),
    "double E": () => double(Math.E),
  },
});

function perKind(kind: NumericKind): MemberTable {
  const zero = castNumber(0, kind);
  const subtract = arithmetic("-", kind);
  return {
    [`${kind} Max(${kind} a, ${kind} b)`]: (a: unknown, b: unknown) => (compareNumbers(a, b) >= 0 ? a : b),
    [`${kind} Min(${kind} a, ${kind} b)`]: (a: unknown, b: unknown) => (compareNumbers(a, b) <= 0 ? a : b),
    [`${kind} Abs(${kind} value)`]: (value: unknown) =>
      compareNumbers(value, zero) < 0 ? subtract(zero, value) : value,
    [`int Sign(${kind} value)`]: (value: unknown) => compareNumbers(value, zero) || 0,
  };
}

function onDoubles(functions: Readonly<Record<string, (value: number) => number>>): MemberTable {
  return Object.fromEntries(
    Object.entries(functions).map(([name, apply]) => [
      `double ${name}(double value)`,
      (value: unknown) => double(apply(toNumber(value))),
    ]),
  );
}

function wholeDecimal(
  value: unknown,
  adjust: (whole: bigint, isExact: boolean, isNegative: boolean) => bigint,
): unknown {
  const number = toDecimal(value);
  const whole = number.truncate();
  const isExact = number.compare(Decimal.of(whole, 0)) === 0;
  return decimal(Decimal.of(adjust(whole, isExact, number.unscaled < 0n), 0));
}

function roundDouble(value: unknown, digits: number, away: boolean): unknown {
  if (digits < 0 || digits > 15)
    raiseOutOfRange("digits", "Rounding digits must be between 0 and 15, inclusive.");
  const number = toNumber(value);
  if (!Number.isFinite(number) || Math.abs(number) >= 1e15) return double(number);
  return double(Decimal.parse(number.toString()).round(digits, away).toNumber());
}

function roundDecimal(value: unknown, digits: number, away: boolean): unknown {
  if (digits < 0 || digits > 28)
    raiseOutOfRange("decimals", "Decimal can only round to between 0 and 28 digits of precision.");
  return decimal(toDecimal(value).round(digits, away));
}
