import type { Json } from "../../../generator/load/json.ts";

/** What strict JSON is, or that a text is none. */
export type StrictJson = { readonly value: Json } | { readonly fault: JsonFault };
export type JsonFault = "encoding" | "grammar" | "duplicate-name" | "half-surrogate" | "depth";

/** How deep objects and lists may stand in one another. */
const MAX_DEPTH = 64;

/**
 * Reads JSON by the grammar of RFC 8259, one character at a time, and holds it to RFC 7493: UTF-8, no name twice in an
 * object, no half of a surrogate pair. Written for this check alone: the product has `JSON.parse` and a scanner behind it.
 * A byte order mark at the start is ignored (RFC 8259, 8.1).
 */
export function parseStrictJson(bytes: Uint8Array): StrictJson {
  const text = decode(bytes);
  if (text === null) return { fault: "encoding" };
  try {
    const value = new Reader(text).document();
    return { value };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.kind };
    throw error;
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

class Fault extends Error {
  readonly kind: JsonFault;

  constructor(kind: JsonFault) {
    super(kind);
    this.kind = kind;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** What is no grammar's matter is told only of a text that keeps the grammar. */
  #fault: JsonFault | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    this.#space();
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw new Fault("grammar");
    if (this.#fault) throw new Fault(this.#fault);
    return value;
  }

  #value(): Json {
    const next = this.#text[this.#at];
    if (next === "{") return this.#nested(() => this.#object());
    if (next === "[") return this.#nested(() => this.#list());
    if (next === '"') return this.#string();
    if (next === "t") return this.#word("true", true);
    if (next === "f") return this.#word("false", false);
    if (next === "n") return this.#word("null", null);
    return this.#number();
  }

  #nested(read: () => Json): Json {
    this.#depth++;
    if (this.#depth > MAX_DEPTH) this.#fault ??= "depth";
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): Json {
    const members: Record<string, Json> = {};
    this.#at++;
    this.#space();
    if (this.#take("}")) return members;
    do {
      this.#space();
      const name = this.#string();
      if (Object.hasOwn(members, name)) this.#fault ??= "duplicate-name";
      this.#space();
      this.#expect(":");
      this.#space();
      // A plain assignment to `__proto__` would set the prototype.
      Object.defineProperty(members, name, {
        value: this.#value(),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      this.#space();
    } while (this.#take(","));
    this.#expect("}");
    return members;
  }

  #list(): Json {
    const items: Json[] = [];
    this.#at++;
    this.#space();
    if (this.#take("]")) return items;
    do {
      this.#space();
      items.push(this.#value());
      this.#space();
    } while (this.#take(","));
    this.#expect("]");
    return items;
  }

  #string(): string {
    this.#expect('"');
    let value = "";
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined || character < " ") throw new Fault("grammar");
      if (character === '"') break;
      value += character === "\\" ? this.#escape() : character;
    }
    if (!value.isWellFormed()) this.#fault ??= "half-surrogate";
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at++] ?? "";
    if (letter !== "u") {
      const plain = ESCAPES[letter];
      if (plain === undefined) throw new Fault("grammar");
      return plain;
    }
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw new Fault("grammar");
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** Numbers are doubles (RFC 7493, 2.2). */
  #number(): number {
    const found = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
    found.lastIndex = this.#at;
    const literal = found.exec(this.#text)?.[0];
    if (literal === undefined) throw new Fault("grammar");
    this.#at += literal.length;
    return Number(literal);
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw new Fault("grammar");
    this.#at += word.length;
    return value;
  }

  #space(): void {
    while (" \t\n\r".includes(this.#text[this.#at] ?? "end")) this.#at++;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw new Fault("grammar");
  }
}
