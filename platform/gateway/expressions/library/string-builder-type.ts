import type { Char } from "../runtime/char.ts";
import { ClrValue } from "../runtime/clr-value.ts";
import { checkSize, spendSize } from "../runtime/evaluation.ts";
import { NEW_LINE } from "../runtime/new-line.ts";
import { formatComposite, textOrEmpty } from "../runtime/text-of.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";
import { defineType } from "../types/type-definition.ts";

class StringBuilder extends ClrValue {
  readonly typeName = "System.Text.StringBuilder";
  content: string;

  constructor(content: string) {
    super();
    this.content = content;
  }

  override text(): string {
    return this.content;
  }

  append(text: string): this {
    checkSize(this.content.length + text.length);
    spendSize(text.length);
    this.content += text;
    return this;
  }
}

/** `System.Text.StringBuilder`. */
export const STRING_BUILDER_TYPE = defineType("class System.Text.StringBuilder", {
  holds: (value) => value instanceof StringBuilder,
  constructors: {
    "()": () => new StringBuilder(""),
    "(string? value)": (value: string | null) => new StringBuilder(value ?? ""),
    "(int capacity)": () => new StringBuilder(""),
  },
  instance: {
    "int Length": (self: StringBuilder) => self.content.length,
    "StringBuilder Append(string? value)": (self: StringBuilder, value: string | null) =>
      self.append(value ?? ""),
    "StringBuilder Append(char value, int count)": (self: StringBuilder, value: Char, count: number) =>
      self.append(repeated(value, count)),
    "StringBuilder Append(object value)": (self: StringBuilder, value: unknown) =>
      self.append(textOrEmpty(value)),
    "StringBuilder AppendLine()": (self: StringBuilder) => self.append(NEW_LINE),
    "StringBuilder AppendLine(string? value)": (self: StringBuilder, value: string | null) =>
      self.append((value ?? "") + NEW_LINE),
    "StringBuilder AppendFormat(string format, params object[] args)": (
      self: StringBuilder,
      format: string,
      args: readonly unknown[],
    ) => self.append(formatComposite(format, args)),
    "StringBuilder Insert(int index, string value)": (self: StringBuilder, index: number, value: string) => {
      if (index < 0 || index > self.content.length) raiseOutOfRange("index", "Index was out of range.");
      return replace(self, self.content.slice(0, index) + value + self.content.slice(index));
    },
    "StringBuilder Remove(int start, int length)": (self: StringBuilder, start: number, length: number) => {
      if (start < 0 || length < 0 || start + length > self.content.length) {
        raiseOutOfRange("length", "Index was out of range.");
      }
      return replace(self, self.content.slice(0, start) + self.content.slice(start + length));
    },
    "StringBuilder Replace(string old, string? replacement)": (
      self: StringBuilder,
      old: string,
      replacement: string | null,
    ) => {
      spendSize(self.content.length * Math.max(replacement?.length ?? 0, 1));
      return replace(self, old === "" ? self.content : self.content.replaceAll(old, () => replacement ?? ""));
    },
    "StringBuilder Clear()": (self: StringBuilder) => replace(self, ""),
  },
});

function replace(builder: StringBuilder, content: string): StringBuilder {
  builder.content = content;
  return builder;
}

function repeated(value: Char, count: number): string {
  if (count < 0) raiseOutOfRange("repeatCount", "Non-negative number required.");
  spendSize(count);
  return value.text().repeat(count);
}
