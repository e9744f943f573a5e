import { Char } from "../runtime/char.ts";
import { compareText } from "../runtime/compare-values.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { raise, raiseIndex, raiseOutOfRange } from "../runtime/thrown.ts";
import { defineType, type MemberTable } from "../types/type-definition.ts";
import { folded } from "./string-comparison.ts";
import { splitByChars, splitByTexts } from "./split-text.ts";
import { STRING_STATICS } from "./string-statics.ts";

const RANGE = "Index and length must refer to a location within the string.";

const SEARCHING: MemberTable = {
  "int Length": (self: string) => self.length,
  "char this[int index]": (self: string, index: number) =>
    index >= 0 && index < self.length ? Char.at(self, index) : raiseIndex(),
  "bool Contains(string value)": (self: string, value: string) => self.includes(value),
  "bool Contains(char value)": (self: string, value: Char) => self.includes(value.text()),
  "bool StartsWith(string value)": (self: string, value: string) => self.startsWith(value),
  "bool StartsWith(string value, StringComparison comparison)": (
    self: string,
    value: string,
    by: EnumValue,
  ) => folded(self, by).startsWith(folded(value, by)),
  "bool EndsWith(string value)": (self: string, value: string) => self.endsWith(value),
  "bool EndsWith(string value, StringComparison comparison)": (self: string, value: string, by: EnumValue) =>
    folded(self, by).endsWith(folded(value, by)),
  "int IndexOf(string value)": (self: string, value: string) => self.indexOf(value),
  "int IndexOf(char value)": (self: string, value: Char) => self.indexOf(value.text()),
  "int IndexOf(string value, int start)": (self: string, value: string, start: number) =>
    indexFrom(self, value, start),
  "int IndexOf(char value, int start)": (self: string, value: Char, start: number) =>
    indexFrom(self, value.text(), start),
  "int IndexOf(string value, StringComparison comparison)": (self: string, value: string, by: EnumValue) =>
    folded(self, by).indexOf(folded(value, by)),
  "int IndexOf(string value, int start, StringComparison comparison)": (
    self: string,
    value: string,
    start: number,
    by: EnumValue,
  ) => indexFrom(folded(self, by), folded(value, by), start),
  "int LastIndexOf(string value)": (self: string, value: string) => self.lastIndexOf(value),
  "int LastIndexOf(char value)": (self: string, value: Char) => self.lastIndexOf(value.text()),
  "int LastIndexOf(string value, StringComparison comparison)": (
    self: string,
    value: string,
    by: EnumValue,
  ) => folded(self, by).lastIndexOf(folded(value, by)),
  "int IndexOfAny(char[] values)": (self: string, values: readonly Char[]) => {
    const codes = new Set(values.map((value) => value.code));
    return Array.from({ length: self.length }, (_, index) => self.charCodeAt(index)).findIndex((code) =>
      codes.has(code),
    );
  },
};

const COMPARING: MemberTable = {
  "bool Equals(string? other)": (self: string, other: string | null) => self === other,
  "bool Equals(string? other, StringComparison comparison)": (
    self: string,
    other: string | null,
    by: EnumValue,
  ) => other !== null && folded(self, by) === folded(other, by),
  "int CompareTo(string? other)": (self: string, other: string | null) =>
    other === null ? 1 : compareText(self, other),
};

const MAKING: MemberTable = {
  "string Substring(int start)": (self: string, start: number) => {
    if (start < 0) raiseOutOfRange("startIndex", "StartIndex cannot be less than zero.");
    if (start > self.length)
      raiseOutOfRange("startIndex", "startIndex cannot be larger than length of string.");
    return self.slice(start);
  },
  "string Substring(int start, int length)": (self: string, start: number, length: number) => {
    if (start < 0) raiseOutOfRange("startIndex", "StartIndex cannot be less than zero.");
    if (length < 0) raiseOutOfRange("length", "Length cannot be less than zero.");
    if (start + length > self.length) raiseOutOfRange("length", RANGE);
    return self.slice(start, start + length);
  },
  "string Replace(string old, string? replacement)": (
    self: string,
    old: string,
    replacement: string | null,
  ) => replaceAll(self, old, replacement ?? ""),
  "string Replace(char old, char replacement)": (self: string, old: Char, replacement: Char) =>
    replaceAll(self, old.text(), replacement.text()),
  "string Remove(int start)": (self: string, start: number) =>
    start >= 0 && start < self.length ? self.slice(0, start) : raiseOutOfRange("startIndex", RANGE),
  "string Remove(int start, int count)": (self: string, start: number, count: number) =>
    start >= 0 && count >= 0 && start + count <= self.length
      ? self.slice(0, start) + self.slice(start + count)
      : raiseOutOfRange("count", RANGE),
  "string Insert(int start, string value)": (self: string, start: number, value: string) =>
    start >= 0 && start <= self.length
      ? self.slice(0, start) + value + self.slice(start)
      : raiseOutOfRange("startIndex", RANGE),
  "string ToLower()": (self: string) => self.toLowerCase(),
  "string ToUpper()": (self: string) => self.toUpperCase(),
  "string ToLowerInvariant()": (self: string) => self.toLowerCase(),
  "string ToUpperInvariant()": (self: string) => self.toUpperCase(),
  "string Trim()": (self: string) => self.trim(),
  "string TrimStart()": (self: string) => self.trimStart(),
  "string TrimEnd()": (self: string) => self.trimEnd(),
  "string Trim(params char[] characters)": (self: string, characters: readonly Char[]) =>
    trimEnd(trimStart(self, characters), characters),
  "string TrimStart(params char[] characters)": (self: string, characters: readonly Char[]) =>
    trimStart(self, characters),
  "string TrimEnd(params char[] characters)": (self: string, characters: readonly Char[]) =>
    trimEnd(self, characters),
  "string PadLeft(int width)": (self: string, width: number) => pad(self, width, " ", true),
  "string PadLeft(int width, char filler)": (self: string, width: number, filler: Char) =>
    pad(self, width, filler.text(), true),
  "string PadRight(int width)": (self: string, width: number) => pad(self, width, " ", false),
  "string PadRight(int width, char filler)": (self: string, width: number, filler: Char) =>
    pad(self, width, filler.text(), false),
  "char[] ToCharArray()": (self: string) => characters(self),
};

const SPLITTING: MemberTable = {
  "string[] Split(params char[]? separators)": (self: string, separators: readonly Char[] | null) =>
    splitByChars(self, separators, null, false),
  "string[] Split(char[]? separators, int count)": (
    self: string,
    separators: readonly Char[] | null,
    count: number,
  ) => splitByChars(self, separators, count, false),
  "string[] Split(char[]? separators, StringSplitOptions options)": (
    self: string,
    separators: readonly Char[] | null,
    options: EnumValue,
  ) => splitByChars(self, separators, null, options.value === 1),
  "string[] Split(char[]? separators, int count, StringSplitOptions options)": (
    self: string,
    separators: readonly Char[] | null,
    count: number,
    options: EnumValue,
  ) => splitByChars(self, separators, count, options.value === 1),
  "string[] Split(string[]? separators, StringSplitOptions options)": (
    self: string,
    separators: readonly string[] | null,
    options: EnumValue,
  ) => splitByTexts(self, separators, null, options.value === 1),
  "string[] Split(string[]? separators, int count, StringSplitOptions options)": (
    self: string,
    separators: readonly string[] | null,
    count: number,
    options: EnumValue,
  ) => splitByTexts(self, separators, count, options.value === 1),
  "string[] Split(char separator, StringSplitOptions options)": (
    self: string,
    separator: Char,
    options: EnumValue,
  ) => splitByChars(self, [separator], null, options.value === 1),
  "string[] Split(char separator, int count)": (self: string, separator: Char, count: number) =>
    splitByChars(self, [separator], count, false),
  "string[] Split(string? separator)": (self: string, separator: string | null) =>
    splitByTexts(self, separator === null ? null : [separator], null, false),
  "string[] Split(string? separator, StringSplitOptions options)": (
    self: string,
    separator: string | null,
    options: EnumValue,
  ) => splitByTexts(self, separator === null ? null : [separator], null, options.value === 1),
};

/** `System.String`. */
export const STRING_TYPE = defineType("class System.string : IEnumerable<char>", {
  holds: (value) => typeof value === "string",
  instance: { ...SEARCHING, ...COMPARING, ...MAKING, ...SPLITTING },
  statics: STRING_STATICS,
  constructors: {
    "(char c, int count)": (c: Char, count: number) =>
      count < 0 ? raiseOutOfRange("count", "'count' must be non-negative.") : pad("", count, c.text(), true),
    "(char[]? value)": (value: readonly Char[] | null) => (value ?? []).map((c) => c.text()).join(""),
  },
});

function indexFrom(text: string, value: string, start: number): number {
  if (start < 0 || start > text.length) {
    raiseOutOfRange(
      "startIndex",
      "Index was out of range. Must be non-negative and less than the size of the collection.",
    );
  }
  return text.indexOf(value, start);
}

function replaceAll(text: string, old: string, replacement: string): string {
  if (old === "") raise("ArgumentException", "String cannot be of zero length.\r\nParameter name: oldValue");
  spendSize((text.length / old.length) * Math.max(replacement.length, 1));
  return text.split(old).join(replacement);
}

function pad(text: string, width: number, filler: string, left: boolean): string {
  if (width < 0) raiseOutOfRange("totalWidth", "Non-negative number required.");
  spendSize(width);
  return left ? text.padStart(width, filler) : text.padEnd(width, filler);
}

function trimStart(text: string, set: readonly Char[]): string {
  if (set.length === 0) return text.trimStart();
  let start = 0;
  while (start < text.length && isOneOf(text, start, set)) start++;
  return text.slice(start);
}

function trimEnd(text: string, set: readonly Char[]): string {
  if (set.length === 0) return text.trimEnd();
  let end = text.length;
  while (end > 0 && isOneOf(text, end - 1, set)) end--;
  return text.slice(0, end);
}

function isOneOf(text: string, index: number, set: readonly Char[]): boolean {
  return set.some((c) => c.code === text.charCodeAt(index));
}

function characters(text: string): Char[] {
  spendSize(text.length * 8);
  return Array.from({ length: text.length }, (_, index) => Char.at(text, index));
}
