import { Char } from "./char.ts";
import { ClrValue } from "./clr-value.ts";
import { Decimal } from "./decimal.ts";
import { formatNumber, realText } from "./format-number.ts";
import { raise } from "./thrown.ts";

/** The numeric types of C#. */
export type NumericKind = IntegerKind | "float" | "double" | "decimal";
export type IntegerKind = "sbyte" | "byte" | "short" | "ushort" | "int" | "uint" | "long" | "ulong";

const INTEGERS: Readonly<Record<IntegerKind, { bits: number; signed: boolean; fullName: string }>> = {
  sbyte: { bits: 8, signed: true, fullName: "System.SByte" },
  byte: { bits: 8, signed: false, fullName: "System.Byte" },
  short: { bits: 16, signed: true, fullName: "System.Int16" },
  ushort: { bits: 16, signed: false, fullName: "System.UInt16" },
  int: { bits: 32, signed: true, fullName: "System.Int32" },
  uint: { bits: 32, signed: false, fullName: "System.UInt32" },
  long: { bits: 64, signed: true, fullName: "System.Int64" },
  ulong: { bits: 64, signed: false, fullName: "System.UInt64" },
};
const REALS = { float: "System.Single", double: "System.Double", decimal: "System.Decimal" } as const;

/** A number that is neither int (a number) nor long (a bigint). */
export class BoxedNumber extends ClrValue {
  readonly kind: NumericKind;
  readonly value: number | bigint | Decimal;

  constructor(kind: NumericKind, value: number | bigint | Decimal) {
    super();
    this.kind = kind;
    this.value = value;
  }

  get typeName(): string {
    return isIntegerKind(this.kind) ? INTEGERS[this.kind].fullName : REALS[this.kind];
  }

  override text(): string {
    if (typeof this.value !== "number") return this.value.toString();
    return realText(this.value);
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof BoxedNumber) || other.kind !== this.kind) return false;
    // NaN.Equals(NaN) is true, unlike NaN == NaN
    return compareNumbers(this, other) === 0 || (Number.isNaN(this.value) && Number.isNaN(other.value));
  }

  override key(): string {
    const value = this.value instanceof Decimal ? this.value.toNumber() : this.value;
    return `${this.kind}:${value.toString()}`;
  }

  override format(format: string): string {
    return formatNumber(this, format);
  }

  override compare(other: unknown): number | null {
    return numericKind(other) === this.kind ? compareNumbers(this, other) : null;
  }
}

export function isIntegerKind(kind: string): kind is IntegerKind {
  return Object.hasOwn(INTEGERS, kind);
}

export function isNumericKind(kind: string): kind is NumericKind {
  return isIntegerKind(kind) || Object.hasOwn(REALS, kind);
}

export function fullNameOf(kind: NumericKind): string {
  return isIntegerKind(kind) ? INTEGERS[kind].fullName : REALS[kind];
}

/** Smallest and largest value of an integer type. */
export function integerRange(kind: IntegerKind): { least: bigint; most: bigint } {
  const { bits, signed } = INTEGERS[kind];
  const span = 1n << BigInt(bits);
  return signed ? { least: -span / 2n, most: span / 2n - 1n } : { least: 0n, most: span - 1n };
}

/** The numeric type of a value; null for what is no number. */
export function numericKind(value: unknown): NumericKind | null {
  if (typeof value === "number") return "int";
  if (typeof value === "bigint") return "long";
  return value instanceof BoxedNumber ? value.kind : null;
}

/** The JavaScript number, bigint or decimal under a number or character. */
export function rawNumber(value: unknown): number | bigint | Decimal {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (value instanceof BoxedNumber) return value.value;
  if (value instanceof Char) return value.code;
  return raise("InvalidCastException", "Specified cast is not valid.");
}

/** Makes an integer of a type, wrapping what does not fit. */
export function integer(kind: IntegerKind, value: bigint): unknown {
  const { bits, signed } = INTEGERS[kind];
  const wrapped = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  if (kind === "int") return Number(wrapped);
  return kind === "long" ? wrapped : new BoxedNumber(kind, wrapped);
}

export function double(value: number): BoxedNumber {
  return new BoxedNumber("double", value);
}

export function decimal(value: Decimal): BoxedNumber {
  return new BoxedNumber("decimal", value);
}

/** A number or character as JavaScript's number. */
export function toNumber(value: unknown): number {
  const raw = rawNumber(value);
  return raw instanceof Decimal ? raw.toNumber() : Number(raw);
}

/** A number or character as decimal. */
export function toDecimal(value: unknown): Decimal {
  const raw = rawNumber(value);
  if (raw instanceof Decimal) return raw;
  if (typeof raw === "bigint") return Decimal.of(raw, 0);
  if (!Number.isFinite(raw))
    raise("OverflowException", "Value was either too large or too small for a Decimal.");
  return Decimal.parse(
    Number.isInteger(raw) ? BigInt(raw).toString() : Number(raw.toPrecision(15)).toString(),
  );
}

/** A number or character as integer, real values truncated. */
export function toBigInt(value: unknown): bigint {
  const raw = rawNumber(value);
  if (typeof raw === "bigint") return raw;
  if (raw instanceof Decimal) return raw.truncate();
  return Number.isFinite(raw) ? BigInt(Math.trunc(raw)) : -(1n << 63n);
}

/** The conversion that a numeric cast makes: integers wrap, reals are truncated (C# specification, 10.3.2). */
export function castNumber(value: unknown, kind: NumericKind): unknown {
  if (numericKind(value) === kind) return value;
  if (kind === "double") return double(toNumber(value));
  if (kind === "float") return new BoxedNumber("float", Math.fround(toNumber(value)));
  if (kind === "decimal") return decimal(toDecimal(value));
  return integer(kind, toBigInt(value));
}

/** The conversion that `Convert.ToX` and parsing make: what does not fit throws OverflowException. */
export function integerChecked(kind: IntegerKind, value: bigint): unknown {
  const { least, most } = integerRange(kind);
  if (value < least || value > most) {
    const noun = fullNameOf(kind).replace("System.", "");
    const article = noun.startsWith("Int") ? "an" : "a";
    raise("OverflowException", `Value was either too large or too small for ${article} ${noun}.`);
  }
  return integer(kind, value);
}

/** Compares two numbers; NaN when one is not a number. */
export function compareNumbers(left: unknown, right: unknown): number {
  const a = rawNumber(left);
  const b = rawNumber(right);
  if (a instanceof Decimal || b instanceof Decimal) return toDecimal(left).compare(toDecimal(right));
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return a < b ? -1 : a > b ? 1 : 0;
}
