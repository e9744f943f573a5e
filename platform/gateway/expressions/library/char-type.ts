import { Char } from "../runtime/char.ts";
import { raiseFormat } from "../runtime/thrown.ts";
import { defineType, type Cell, type MemberTable } from "../types/type-definition.ts";

const PATTERNS: Readonly<Record<string, RegExp>> = {
  IsDigit: /\p{Nd}/u,
  IsLetter: /\p{L}/u,
  IsLetterOrDigit: /[\p{L}\p{Nd}]/u,
  IsLower: /\p{Ll}/u,
  IsUpper: /\p{Lu}/u,
  IsNumber: /\p{N}/u,
  IsPunctuation: /\p{P}/u,
  IsWhiteSpace: /[\s\u0085]/u,
  IsControl: /\p{Cc}/u,
};

/** `System.Char`. */
export const CHAR_TYPE = defineType("struct System.char", {
  holds: (value) => value instanceof Char,
  instance: { "int CompareTo(char other)": (self: Char, other: Char) => self.code - other.code },
  statics: {
    ...tests(),
    "char ToUpper(char c)": (c: Char) => mapped(c, c.text().toUpperCase()),
    "char ToLower(char c)": (c: Char) => mapped(c, c.text().toLowerCase()),
    "char ToUpperInvariant(char c)": (c: Char) => mapped(c, c.text().toUpperCase()),
    "char ToLowerInvariant(char c)": (c: Char) => mapped(c, c.text().toLowerCase()),
    "string ToString(char c)": (c: Char) => c.text(),
    "char Parse(string text)": (text: string) => (text.length === 1 ? Char.at(text, 0) : raiseFormat()),
    "bool TryParse(string? text, out char result)": (text: string | null, result: Cell) => {
      result.value = text?.length === 1 ? Char.at(text, 0) : new Char(0);
      return text?.length === 1;
    },
    "char MinValue": () => new Char(0),
    "char MaxValue": () => new Char(0xffff),
  },
});

function tests(): MemberTable {
  return Object.fromEntries(
    Object.entries(PATTERNS).map(([name, pattern]) => [
      `bool ${name}(char c)`,
      (c: Char) => pattern.test(c.text()),
    ]),
  );
}

function mapped(original: Char, text: string): Char {
  return text.length === 1 ? Char.at(text, 0) : original;
}
