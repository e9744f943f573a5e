import { Char } from "./char.ts";
import { DateTime, DateTimeOffset } from "./date-time.ts";
import { Guid } from "./guid.ts";
import { KeyValuePair } from "./key-value-pair.ts";
import { castNumber, isNumericKind } from "./number.ts";
import { TimeSpan } from "./time-span.ts";
import { ENUMERATIONS } from "./enumerations-by-name.ts";
import type { ClrType } from "../types/clr-type.ts";

/** The value that a type has by default: zero of value types, else null. */
export function defaultValue(type: ClrType): unknown {
  const { name } = type;
  if (isNumericKind(name)) return castNumber(0, name);
  const enumeration = ENUMERATIONS.get(name);
  if (enumeration !== undefined) return enumeration.of(0);
  switch (name) {
    case "bool":
      return false;
    case "char":
      return new Char(0);
    case "Guid":
      return Guid.EMPTY;
    case "DateTime":
      return DateTime.MINIMUM;
    case "DateTimeOffset":
      return new DateTimeOffset(0n, 0);
    case "TimeSpan":
      return new TimeSpan(0n);
    case "KeyValuePair":
      return new KeyValuePair(...defaultPair(type));
    default:
      return null;
  }
}

function defaultPair({ args: [first, second] }: ClrType): [unknown, unknown] {
  return [
    first === undefined ? null : defaultValue(first),
    second === undefined ? null : defaultValue(second),
  ];
}
