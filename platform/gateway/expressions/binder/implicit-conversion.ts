import {
  castNumber,
  integerRange,
  isIntegerKind,
  isNumericKind,
  type NumericKind,
} from "../runtime/number.ts";
import { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { JObject } from "../json/j-object.ts";
import { JValue } from "../json/j-value.ts";
import { isSameType, type ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import type { Bound } from "./bound.ts";
import { isNullable, isReferenceType, referenceDistance, underlying } from "./type-relations.ts";

/** Implicit numeric conversions, nearest first (C# specification, section 10.2.3). */
const WIDENING: Readonly<Record<string, readonly NumericKind[]>> = {
  sbyte: ["short", "int", "long", "float", "double", "decimal"],
  byte: ["short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal"],
  short: ["int", "long", "float", "double", "decimal"],
  ushort: ["int", "uint", "long", "ulong", "float", "double", "decimal"],
  int: ["long", "float", "double", "decimal"],
  uint: ["long", "ulong", "float", "double", "decimal"],
  long: ["float", "double", "decimal"],
  ulong: ["float", "double", "decimal"],
  char: ["ushort", "int", "uint", "long", "ulong", "float", "double", "decimal"],
  float: ["double"],
};
/** Types that JToken's implicit operators take. */
const TOKEN_SOURCES = new Set(
  "string bool sbyte byte short ushort int uint long ulong float double decimal DateTime DateTimeOffset TimeSpan Guid Uri".split(
    " ",
  ),
);
const BOXING = 40;
const USER_DEFINED = 20;

/** Converts a value, or keeps it as it is. */
export interface Conversion {
  /** 0 for the same type; the lower of two is the better overload. */
  readonly cost: number;
  readonly convert: ((value: unknown) => unknown) | null;
}

/** The implicit conversion from a value to a type; null when C# has none. */
export function implicitConversion(from: Bound, to: ClrType, registry: TypeRegistry): Conversion | null {
  const { type } = from;
  if (isSameType(type, to) || type.name === "never") return { cost: 0, convert: null };
  if (type.name === "void") return null;
  if (type.name === "null") {
    return isNullable(to) || isReferenceType(to, registry)
      ? { cost: to.name === "object" ? 2 : 1, convert: null }
      : null;
  }
  return (
    constantConversion(from, to) ??
    numericConversion(type, to) ??
    nullableConversion(from, to, registry) ??
    referenceConversion(type, to, registry) ??
    userConversion(type, to)
  );
}

/** Applies the implicit conversion; null when there is none. */
export function convertImplicitly(from: Bound, to: ClrType, registry: TypeRegistry): Bound | null {
  const conversion = implicitConversion(from, to, registry);
  return conversion === null ? null : applyConversion(from, to, conversion);
}

export function applyConversion(from: Bound, to: ClrType, { convert }: Conversion): Bound {
  if (convert === null) return { ...from, type: to };
  const { run, constant } = from;
  const converted = { type: to, run: (scope: Parameters<typeof run>[0]) => convert(run(scope)) };
  return constant === undefined ? converted : { ...converted, constant: { value: convert(constant.value) } };
}

function constantConversion(from: Bound, to: ClrType): Conversion | null {
  const value = from.constant?.value;
  if (typeof value !== "number" || from.type.name !== "int" || !isIntegerKind(to.name)) return null;
  const kind = to.name;
  const { least, most } = integerRange(kind);
  if (value < least || value > most) return null;
  return { cost: kind === "long" ? 1 : 3, convert: (number) => castNumber(number, kind) };
}

function numericConversion(from: ClrType, to: ClrType): Conversion | null {
  if (!isNumericKind(to.name)) return null;
  const kind = to.name;
  const index = (WIDENING[from.name] ?? []).indexOf(kind);
  return index < 0 ? null : { cost: index + 1, convert: (value) => castNumber(value, kind) };
}

function nullableConversion(from: Bound, to: ClrType, registry: TypeRegistry): Conversion | null {
  if (!isNullable(to)) return null;
  const source = isNullable(from.type) ? { ...from, type: underlying(from.type) } : from;
  const inner = implicitConversion(source, underlying(to), registry);
  if (inner === null) return null;
  const { convert } = inner;
  return { cost: inner.cost + 1, convert: convert && ((value) => (value === null ? null : convert(value))) };
}

function referenceConversion(from: ClrType, to: ClrType, registry: TypeRegistry): Conversion | null {
  if (to.name === "object") return { cost: BOXING, convert: null };
  const distance = referenceDistance(underlying(from), to, registry);
  if (distance === null) return null;
  const isPairs = from.name === "JObject" && to.name === "IEnumerable" && to.args[0]?.name === "KeyValuePair";
  return {
    cost: distance,
    convert: isPairs ? (value) => (value instanceof JObject ? value.pairs() : value) : null,
  };
}

function userConversion(from: ClrType, to: ClrType): Conversion | null {
  if (to.name === "JToken" && isTokenSource(from))
    return { cost: USER_DEFINED, convert: (value) => new JValue(value) };
  if (to.name === "DateTimeOffset" && from.name === "DateTime") {
    return {
      cost: USER_DEFINED,
      convert: (value) => (value instanceof DateTime ? new DateTimeOffset(value.ticks, 0) : value),
    };
  }
  return null;
}

function isTokenSource(type: ClrType): boolean {
  return TOKEN_SOURCES.has(underlying(type).name) || (type.name === "[]" && type.args[0]?.name === "byte");
}
