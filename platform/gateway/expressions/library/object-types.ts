import { equalValues, keyOf } from "../runtime/compare-values.ts";
import { NEW_LINE } from "../runtime/new-line.ts";
import { textOf, textOrEmpty } from "../runtime/text-of.ts";
import { raiseInvalidOperation } from "../runtime/thrown.ts";
import { defaultValue } from "../runtime/default-value.ts";
import { defineType, type Call } from "../types/type-definition.ts";

const objectType = defineType("class System.object", {
  holds: () => true,
  instance: {
    "string ToString()": (self: unknown) => textOf(self),
    "bool Equals(object other)": (self: unknown, other: unknown) => equalValues(self, other),
    "int GetHashCode()": (self: unknown) => hash(self),
  },
  statics: {
    "bool Equals(object left, object right)": (left: unknown, right: unknown) => equalValues(left, right),
    "bool ReferenceEquals(object left, object right)": (left: unknown, right: unknown) =>
      left === right && (left === null || typeof left === "object"),
  },
});

const nullableType = defineType("struct System.Nullable<T>", {
  instance: {
    "bool HasValue": (self: unknown) => self !== null,
    "T Value": (self: unknown) => self ?? raiseInvalidOperation("Nullable object must have a value."),
    "T GetValueOrDefault()": (self: unknown, call: Call) => self ?? defaultValue(call.type("T")),
    "T GetValueOrDefault(T initial)": (self: unknown, initial: unknown) => self ?? initial,
    "string ToString()": (self: unknown) => (self === null ? "" : textOf(self)),
  },
});

const boolType = defineType("struct System.bool", {
  holds: (value) => typeof value === "boolean",
  instance: { "int CompareTo(bool other)": (self: boolean, other: boolean) => Number(self) - Number(other) },
});

const environmentType = defineType("static System.Environment", {
  statics: { "string NewLine": () => NEW_LINE },
});

/** object, bool, Nullable and Environment. */
export const OBJECT_TYPES = [objectType, nullableType, boolType, environmentType];

/** FNV-1a over the value's key: equal values have equal codes, which is all that .NET promises. */
function hash(value: unknown): number {
  const key = keyOf(value);
  const text = typeof key === "object" || typeof key === "function" ? "" : textOrEmpty(key);
  let code = 0x811c9dc5 | 0;
  for (const character of text) {
    code = Math.imul(code ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return code;
}
