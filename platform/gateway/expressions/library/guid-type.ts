import { currentContext } from "../runtime/evaluation.ts";
import { Guid } from "../runtime/guid.ts";
import { raiseFormat } from "../runtime/thrown.ts";
import { defineType, type Cell } from "../types/type-definition.ts";

const NO_GUID = "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).";

/** `System.Guid`. */
export const GUID_TYPE = defineType("struct System.Guid", {
  holds: (value) => value instanceof Guid,
  constructors: {
    "(string text)": parse,
    "()": () => Guid.EMPTY,
  },
  instance: {
    "string ToString(string? format)": (self: Guid, format: string | null) => self.format(format ?? ""),
    "byte[] ToByteArray()": (self: Guid) => self.bytes(),
    "int CompareTo(Guid other)": (self: Guid, other: Guid) => self.compare(other) ?? 0,
  },
  statics: {
    "Guid NewGuid()": () => parse(currentContext().newGuid()),
    "Guid Empty": () => Guid.EMPTY,
    "Guid Parse(string text)": parse,
    "bool TryParse(string? text, out Guid result)": (text: string | null, result: Cell) => {
      const parsed = text === null ? null : Guid.parse(text);
      result.value = parsed ?? Guid.EMPTY;
      return parsed !== null;
    },
  },
});

function parse(text: string): Guid {
  return Guid.parse(text) ?? raiseFormat(NO_GUID);
}
