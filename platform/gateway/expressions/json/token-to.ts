import { convertToBoolean, convertToDateTime, convertToNumber } from "../runtime/convert.ts";
import { DateTimeOffset } from "../runtime/date-time.ts";
import { Guid } from "../runtime/guid.ts";
import { isNumericKind } from "../runtime/number.ts";
import { textOf } from "../runtime/text-of.ts";
import { raise, raiseArgumentNull, raiseFormat } from "../runtime/thrown.ts";
import { TimeSpan } from "../runtime/time-span.ts";
import type { ClrType } from "../types/clr-type.ts";
import { JProperty } from "./j-property.ts";
import { JToken } from "./j-token.ts";
import { JValue } from "./j-value.ts";

/** JToken's explicit operator to a type, `(T)token`; null when Newtonsoft has none. */
export function tokenTo(type: ClrType): ((value: unknown) => unknown) | null {
  const isNullable = type.name === "Nullable";
  const target = (isNullable ? type.args[0] : type) ?? type;
  const convert = valueTo(target);
  if (convert === null) return null;
  const takesNull = isNullable || target.name === "string" || target.name === "Uri" || target.name === "[]";
  return (token) => {
    if (token === null) return takesNull ? null : raiseArgumentNull("value");
    const value = bareValue(token, target.name);
    if (value !== null) return convert(value);
    return takesNull ? null : refuse("Null", target.name);
  };
}

/** The .NET value of a token that is or holds a JValue; others throw ArgumentException. */
function bareValue(token: unknown, target: string): unknown {
  const inner = token instanceof JProperty ? token.value : token;
  if (inner instanceof JValue) return inner.value;
  return refuse(inner instanceof JToken ? inner.tokenType : "Object", target);
}

function valueTo(type: ClrType): ((value: unknown) => unknown) | null {
  const { name } = type;
  if (name === "string")
    return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : textOf(value));
  if (name === "bool") return (value) => convertToBoolean(value);
  if (isNumericKind(name)) return (value) => convertToNumber(value, name);
  if (name === "DateTime") return convertToDateTime;
  if (name === "DateTimeOffset") return toDateTimeOffset;
  if (name === "Guid")
    return (value) => (value instanceof Guid ? value : (Guid.parse(textOf(value)) ?? raiseFormat()));
  if (name === "TimeSpan") {
    return (value) => (value instanceof TimeSpan ? value : (TimeSpan.parse(textOf(value)) ?? raiseFormat()));
  }
  return null;
}

function toDateTimeOffset(value: unknown): unknown {
  return value instanceof DateTimeOffset ? value : new DateTimeOffset(convertToDateTime(value).ticks, 0);
}

function refuse(from: string, to: string): never {
  const name = TARGETS.get(to) ?? to;
  return raise("ArgumentException", `Can not convert ${from} to ${name}.`);
}

const TARGETS: ReadonlyMap<string, string> = new Map([
  ["string", "String"],
  ["bool", "Boolean"],
  ["int", "Int32"],
  ["long", "Int64"],
  ["double", "Double"],
  ["decimal", "Decimal"],
  ["float", "Single"],
]);
