import { Char } from "./char.ts";
import { DateTime, DateTimeOffset } from "./date-time.ts";
import { Decimal } from "./decimal.ts";
import { EnumValue } from "./enum-value.ts";
import {
  castNumber,
  fullNameOf,
  integerChecked,
  isIntegerKind,
  numericKind,
  rawNumber,
  toNumber,
  type NumericKind,
} from "./number.ts";
import { parseDate } from "./parse-date.ts";
import { parseNumber } from "./parse-number.ts";
import { textOf } from "./text-of.ts";
import { raise, raiseFormat } from "./thrown.ts";

/** `Convert.ToInt32` and its kin: null is 0, text is parsed, reals are rounded half to even. */
export function convertToNumber(value: unknown, kind: NumericKind): unknown {
  if (value === null) return castNumber(0, kind);
  if (typeof value === "string") return parseNumberOrRaise(value, kind);
  if (typeof value === "boolean") return castNumber(Number(value), kind);
  if (value instanceof EnumValue) return castNumber(value.value, kind);
  if (value instanceof Char && !isIntegerKind(kind)) return raiseInvalidCast(value, fullNameOf(kind));
  if (numericKind(value) === null && !(value instanceof Char))
    return raiseInvalidCast(value, fullNameOf(kind));
  return isIntegerKind(kind) ? integerChecked(kind, roundedInteger(value)) : castNumber(value, kind);
}

/** `int.Parse` and its kin. */
export function parseNumberOrRaise(text: string, kind: NumericKind): unknown {
  const result = parseNumber(text, kind);
  if (result === "format") return raiseFormat();
  if (result !== "overflow") return result.value;
  const name = fullNameOf(kind).replace("System.", "");
  return raise("OverflowException", `Value was either too large or too small for ${articled(name)}.`);
}

/** `Convert.ToBoolean`. */
export function convertToBoolean(value: unknown): boolean {
  if (value === null) return false;
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    return parseBoolean(value) ?? raiseFormat("String was not recognized as a valid Boolean.");
  }
  if (numericKind(value) !== null) return toNumber(value) !== 0;
  return raiseInvalidCast(value, "System.Boolean");
}

/** Reads `true` and `false` in any case, blanks around allowed; null for anything else. */
export function parseBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : null;
}

/** `Convert.ToString(object)`: null is the empty string. */
export function convertToText(value: unknown): string {
  return value === null ? "" : textOf(value);
}

/** `Convert.ToDateTime`. */
export function convertToDateTime(value: unknown): DateTime {
  if (value === null) return DateTime.MINIMUM;
  if (value instanceof DateTime) return value;
  if (value instanceof DateTimeOffset) return new DateTime(value.utcTicks, "utc");
  if (typeof value === "string") return parseDateTime(value) ?? raiseFormat(NO_DATE);
  return raiseInvalidCast(value, "System.DateTime");
}

export const NO_DATE = "String was not recognized as a valid DateTime.";

/** `DateTime.Parse`: a text with an offset becomes local time, which is UTC here. */
export function parseDateTime(text: string): DateTime | null {
  const parsed = parseDate(text);
  if (parsed === null) return null;
  const { ticks, offsetMinutes } = parsed;
  if (offsetMinutes === null) return new DateTime(ticks, "unspecified");
  return new DateTime(new DateTimeOffset(ticks, offsetMinutes).utcTicks, "local");
}

/** `DateTimeOffset.Parse`. */
export function parseDateTimeOffset(text: string): DateTimeOffset | null {
  const parsed = parseDate(text);
  return parsed === null ? null : new DateTimeOffset(parsed.ticks, parsed.offsetMinutes ?? 0);
}

export function raiseInvalidCast(value: unknown, target: string): never {
  return raise(
    "InvalidCastException",
    `Invalid cast to '${target}'.${value === null ? " The value is null." : ""}`,
  );
}

function roundedInteger(value: unknown): bigint {
  const raw = rawNumber(value);
  if (typeof raw === "bigint") return raw;
  if (raw instanceof Decimal) return raw.round(0, false).truncate();
  if (!Number.isFinite(raw))
    raise("OverflowException", "Value was either too large or too small for an Int32.");
  const floor = Math.floor(raw);
  const isHalf = raw - floor === 0.5;
  return BigInt(isHalf ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(raw));
}

function articled(name: string): string {
  return name.startsWith("Int") ? `an ${name}` : `a ${name}`;
}
