import { ClrValue } from "../runtime/clr-value.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";
import { defineType } from "../types/type-definition.ts";

/** A text encoding of .NET, over one of Node's. */
class Encoding extends ClrValue {
  readonly typeName: string;
  readonly encode: (text: string) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => string;

  constructor(name: string, encode: (text: string) => Uint8Array, decode: (bytes: Uint8Array) => string) {
    super();
    this.typeName = `System.Text.${name}Encoding`;
    this.encode = encode;
    this.decode = decode;
  }
}

const UTF8 = new Encoding(
  "UTF8",
  (text) => Uint8Array.from(Buffer.from(text, "utf8")),
  (bytes) => Buffer.from(bytes).toString("utf8"),
);
const ASCII = new Encoding(
  "ASCII",

  (text) => Uint8Array.from(Buffer.from(text.replace(/[^\x00-\x7f]/gu, "?"), "latin1")),
  (bytes) =>
    Buffer.from(bytes)
      .toString("latin1")
      .replace(/[\x80-\xff]/g, "?"),
);
const UNICODE = new Encoding(
  "Unicode",
  (text) => Uint8Array.from(Buffer.from(text, "utf16le")),
  (bytes) => Buffer.from(bytes).toString("utf16le"),
);
const LATIN1 = new Encoding(
  "Latin1",
  (text) => Uint8Array.from(Buffer.from(text.replace(/[^\x00-\xff]/gu, "?"), "latin1")),
  (bytes) => Buffer.from(bytes).toString("latin1"),
);

/** `System.Text.Encoding`. */
export const ENCODING_TYPE = defineType("class System.Text.Encoding", {
  holds: (value) => value instanceof Encoding,
  instance: {
    "byte[] GetBytes(string text)": (self: Encoding, text: string) => {
      spendSize(text.length);
      return self.encode(text);
    },
    "string GetString(byte[] bytes)": (self: Encoding, bytes: Uint8Array) => {
      spendSize(bytes.length);
      return self.decode(bytes);
    },
    "string GetString(byte[] bytes, int index, int count)": (
      self: Encoding,
      bytes: Uint8Array,
      index: number,
      count: number,
    ) =>
      index >= 0 && count >= 0 && index + count <= bytes.length
        ? self.decode(bytes.subarray(index, index + count))
        : raiseOutOfRange("count", "Index and count must refer to a location within the buffer."),
    "int GetByteCount(string text)": (self: Encoding, text: string) => self.encode(text).length,
  },
  statics: {
    "Encoding UTF8": () => UTF8,
    "Encoding ASCII": () => ASCII,
    "Encoding Unicode": () => UNICODE,
    "Encoding GetEncoding(string name)": (name: string) => named(name),
  },
});

function named(name: string): Encoding {
  switch (name.toLowerCase()) {
    case "utf-8":
      return UTF8;
    case "us-ascii":
    case "ascii":
      return ASCII;
    case "utf-16":
      return UNICODE;
    case "iso-8859-1":
    case "latin1":
      return LATIN1;
    default:
      return raiseOutOfRange("name", `'${name}' is not a supported encoding name.`);
  }
}
