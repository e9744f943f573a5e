import { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { BigIntegerValue } from "../runtime/big-integer-value.ts";
import { spend, spendSize } from "../runtime/evaluation.ts";
import { double } from "../runtime/number.ts";
import { parseDate } from "../runtime/parse-date.ts";
import { raise } from "../runtime/thrown.ts";
import { JArray } from "./j-array.ts";
import { JObject } from "./j-object.ts";
import type { JToken } from "./j-token.ts";
import { JValue } from "./j-value.ts";

/** `JsonReader.MaxDepth` of Newtonsoft.Json 13. */
const MAXIMUM_DEPTH = 64;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["\\", "\\"],
  ["/", "/"],
  ['"', '"'],
  ["'", "'"],
]);

/**
 * Reads JSON as `JToken.Parse` does: comments, single quotes, bare property names and trailing commas are taken, the
 * last of equal names wins, texts that are ISO date-times become dates.
 * @throws JsonReaderException (as .NET exception)
 */
export function parseJson(text: string): JToken {
  spendSize(text.length);
  const reader = new JsonReader(text);
  const token = reader.readDocument();
  return token;
}

class JsonReader {
  private readonly text: string;
  private position = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  readDocument(): JToken {
    this.skipBlank();
    if (this.position >= this.text.length) {
      this.fail("Error reading JToken from JsonReader");
    }
    const token = this.readValue();
    this.skipBlank();
    if (this.position < this.text.length) {
      this.fail(`Additional text encountered after finished reading JSON content: ${this.peek()}`);
    }
    return token;
  }

  private readValue(): JToken {
    spend();
    const character = this.peek();
    if (character === "{") return this.nested(() => this.readObject());
    if (character === "[") return this.nested(() => this.readArray());
    if (character === '"' || character === "'") return new JValue(dateOrText(this.readString()));
    return this.readWord() ?? this.readNumber();
  }

  private nested(read: () => JToken): JToken {
    this.depth++;
    if (this.depth > MAXIMUM_DEPTH) this.fail(`The reader's MaxDepth of ${MAXIMUM_DEPTH} has been exceeded`);
    this.position++;
    const token = read();
    this.depth--;
    return token;
  }

  private readObject(): JObject {
    const result = new JObject();
    while (!this.accept("}")) {
      const name = this.readName();
      if (!this.accept(":"))
        this.fail(`Invalid character after parsing property name. Expected ':' but got: ${this.found()}`);
      this.skipBlank();
      result.set(name, this.readValue());
      if (!this.accept(",") && !this.at("}")) this.failAfterValue();
    }
    return result;
  }

  private readArray(): JArray {
    const items: JToken[] = [];
    while (!this.accept("]")) {
      items.push(this.readValue());
      if (!this.accept(",") && !this.at("]")) this.failAfterValue();
      this.skipBlank();
    }
    return new JArray(items);
  }

  private readName(): string {
    this.skipBlank();
    const character = this.peek();
    if (character === '"' || character === "'") return this.readString();
    const name = this.match(/[\w$]+/y);
    if (name === "") this.fail(`Invalid property identifier character: ${this.found()}`);
    return name;
  }

  private readString(): string {
    const quote = this.peek();
    const parts: string[] = [];
    this.position++;
    for (;;) {
      parts.push(this.match(quote === '"' ? /[^"\\]+/y : /[^'\\]+/y));
      const character = this.peek();
      if (character === "") this.fail(`Unterminated string. Expected delimiter: ${quote}`);
      this.position++;
      if (character === quote) return parts.join("");
      parts.push(this.readEscape());
    }
  }

  private readEscape(): string {
    const character = this.peek();
    this.position++;
    if (character !== "u") {
      return ESCAPES.get(character) ?? this.fail(`Bad JSON escape sequence: \\${character}`);
    }
    const digits = this.match(/[0-9a-fA-F]{4}/y);
    if (digits === "") this.fail("Invalid Unicode escape sequence");
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private readWord(): JValue | null {
    const word = this.match(/(?:true|false|null|undefined|NaN|-?Infinity)\b/y);
    switch (word) {
      case "":
        return null;
      case "true":
      case "false":
        return new JValue(word === "true");
      case "null":
      case "undefined":
        return new JValue(null);
      default:
        return new JValue(double(Number(word)));
    }
  }

  private readNumber(): JValue {
    const text = this.match(NUMBER);
    if (text === "") this.fail(`Unexpected character encountered while parsing value: ${this.found()}`);
    if (/[.eE]/.test(text)) return new JValue(double(Number(text)));
    if (text.length > 380) this.fail(`JSON integer ${text.slice(0, 40)}… is too large to parse`);
    const value = BigInt(text);
    if (BigInt.asIntN(64, value) === value) return new JValue(value);
    return new JValue(new BigIntegerValue(value));
  }

  private skipBlank(): void {
    this.match(/(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)+/y);
  }

  private at(character: string): boolean {
    this.skipBlank();
    return this.peek() === character;
  }

  private accept(character: string): boolean {
    if (!this.at(character)) return false;
    this.position++;
    this.skipBlank();
    return true;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const text = pattern.exec(this.text)?.[0] ?? "";
    this.position += text.length;
    return text;
  }

  private peek(): string {
    return this.text.charAt(this.position);
  }

  private found(): string {
    return this.peek() === "" ? "the end of the text" : this.peek();
  }

  private failAfterValue(): never {
    if (this.peek() === "") this.fail("Unexpected end of content while loading JToken");
    return this.fail(`After parsing a value an unexpected character was encountered: ${this.peek()}`);
  }

  private fail(problem: string): never {
    const before = this.text.slice(0, this.position);
    const line = before.split("\n").length;
    const column = this.position - before.lastIndexOf("\n") - 1;
    return raise("JsonReaderException", `${problem}. Path '', line ${line}, position ${column}.`);
  }
}

/** `DateParseHandling.DateTime` with round-trip kinds: only texts of the form `yyyy-MM-ddTHH:mm:ss…`. */
function dateOrText(text: string): unknown {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:?\d\d)?$/.test(text)) return text;
  const parsed = parseDate(text);
  if (parsed === null) return text;
  const { ticks, offsetMinutes } = parsed;
  if (offsetMinutes === null) return new DateTime(ticks, "unspecified");
  if (text.endsWith("Z")) return new DateTime(ticks, "utc");
  return new DateTime(new DateTimeOffset(ticks, offsetMinutes).utcTicks, "local");
}
