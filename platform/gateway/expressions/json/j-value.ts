import { BigIntegerValue } from "../runtime/big-integer-value.ts";
import { equalValues, keyOf } from "../runtime/compare-values.ts";
import { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { spend } from "../runtime/evaluation.ts";
import { Guid } from "../runtime/guid.ts";
import { compareNumbers, isIntegerKind, numericKind } from "../runtime/number.ts";
import { formatValue, textOrEmpty } from "../runtime/text-of.ts";
import { TimeSpan } from "../runtime/time-span.ts";
import { JToken } from "./j-token.ts";
import { writeScalar } from "./write-scalar.ts";

/** `JValue`: a .NET value as token. */
export class JValue extends JToken {
  readonly typeName = "Newtonsoft.Json.Linq.JValue";
  value: unknown;

  constructor(value: unknown) {
    super();
    this.value = value;
  }

  get tokenType(): string {
    return valueType(this.value);
  }

  clone(): JValue {
    return new JValue(this.value);
  }

  deepEquals(other: JToken): boolean {
    return other instanceof JValue && sameValue(this.value, other.value);
  }

  override equals(other: unknown): boolean {
    return other instanceof JValue && this.deepEquals(other);
  }

  override key(): unknown {
    return keyOf(this.value);
  }

  write(): string {
    spend();
    return writeScalar(this.value);
  }

  override text(): string {
    return textOrEmpty(this.value);
  }

  override format(format: string): string {
    return formatValue(this.value, format);
  }
}

function sameValue(left: unknown, right: unknown): boolean {
  if (numericKind(left) !== null && numericKind(right) !== null) return compareNumbers(left, right) === 0;
  return equalValues(left, right);
}

function valueType(value: unknown): string {
  const kind = numericKind(value);
  if (kind !== null) return isIntegerKind(kind) ? "Integer" : "Float";
  if (value instanceof BigIntegerValue) return "Integer";
  if (value === null) return "Null";
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Boolean";
  if (value instanceof DateTime || value instanceof DateTimeOffset) return "Date";
  if (value instanceof Uint8Array) return "Bytes";
  if (value instanceof Guid) return "Guid";
  return value instanceof TimeSpan ? "TimeSpan" : "Uri";
}
