import { Char } from "../runtime/char.ts";
import {
  convertToBoolean,
  convertToDateTime,
  convertToNumber,
  convertToText,
  parseNumberOrRaise,
} from "../runtime/convert.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { integer, type NumericKind } from "../runtime/number.ts";
import { raise, raiseFormat, raiseOutOfRange } from "../runtime/thrown.ts";
import { defineType, type MemberTable } from "../types/type-definition.ts";

const NUMBERS: Readonly<Record<string, NumericKind>> = {
  SByte: "sbyte",
  Byte: "byte",
  Int16: "short",
  UInt16: "ushort",
  Int32: "int",
  UInt32: "uint",
  Int64: "long",
  UInt64: "ulong",
  Single: "float",
  Double: "double",
  Decimal: "decimal",
};

/** `System.Convert`. */
export const CONVERT_TYPE = defineType("static System.Convert", {
  statics: {
    ...numbers(),
    "bool ToBoolean(object value)": convertToBoolean,
    "string ToString(object value)": convertToText,
    "string ToString(int value, int radix)": (value: number, radix: number) => toRadix(value, radix),
    "DateTime ToDateTime(object value)": convertToDateTime,
    "char ToChar(int code)": (code: number) => castChar(code),
    "string ToBase64String(byte[] bytes)": (bytes: Uint8Array) => {
      spendSize(bytes.length);
      return Buffer.from(bytes).toString("base64");
    },
    "byte[] FromBase64String(string text)": fromBase64,
    "int ToInt32(string text, int radix)": (text: string, radix: number) => fromRadix(text, radix, "int"),
    "long ToInt64(string text, int radix)": (text: string, radix: number) => fromRadix(text, radix, "long"),
    "byte ToByte(string text, int radix)": (text: string, radix: number) => fromRadix(text, radix, "byte"),
  },
});

/**
 * Decodes base64 as .NET does: white space is skipped, padding is required.
 * @throws FormatException (as .NET exception)
 */
export function fromBase64(text: string): Uint8Array {
  spendSize(text.length);
  const bare = text.replace(/[ \t\r\n]/g, "");
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) {
    raiseFormat(
      "The input is not a valid Base-64 string as it contains a non-base 64 character, " +
        "more than two padding characters, or an illegal character among the padding characters.",
    );
  }
  return Uint8Array.from(Buffer.from(bare, "base64"));
}

function numbers(): MemberTable {
  return Object.fromEntries(
    Object.entries(NUMBERS).map(([name, kind]) => [
      `${kind} To${name}(object value)`,
      (value: unknown) => convertToNumber(value, kind),
    ]),
  );
}

function toRadix(value: number, radix: number): string {
  if (![2, 8, 10, 16].includes(radix)) raise("ArgumentException", "Invalid Base.");
  return (radix === 10 ? value : value >>> 0).toString(radix);
}

function fromRadix(text: string, radix: number, kind: "int" | "long" | "byte"): unknown {
  if (![2, 8, 10, 16].includes(radix)) raise("ArgumentException", "Invalid Base.");
  if (radix === 10) return parseNumberOrRaise(text, kind);
  const prefix = radix === 16 ? "0x" : radix === 8 ? "0o" : "0b";
  const digits = radix === 16 ? text.replace(/^0x/i, "") : text;
  const pattern = radix === 16 ? /^[0-9a-f]{1,16}$/i : radix === 8 ? /^[0-7]{1,22}$/ : /^[01]{1,64}$/;
  if (!pattern.test(digits)) raiseFormat("Could not find any recognizable digits.");
  const value = BigInt(prefix + digits);
  const bits = kind === "long" ? 64n : kind === "int" ? 32n : 8n;
  if (value >> bits !== 0n) raise("OverflowException", "Value was either too large or too small.");
  return integer(kind, value);
}

function castChar(code: number): Char {
  return code >= 0 && code <= 0xffff
    ? new Char(code)
    : raiseOutOfRange("value", "Value was either too large or too small for a character.");
}
