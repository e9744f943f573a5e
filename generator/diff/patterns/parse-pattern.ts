import { DOT, ESCAPES, negate, union, type CharSet } from "./char-set.ts";

/** A regular expression, as far as its language is a regular one. */
export type Pattern =
  | { readonly kind: "char"; readonly set: CharSet }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "sequence"; readonly parts: readonly Pattern[] }
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly part: Pattern; readonly min: number; readonly max: number };

/**
 * Reads a pattern of a schema: an ECMA-262 regular expression with the flag `u` (JSON Schema 2020-12, Core 6.4).
 * `undefined` for one that looks around, back, at borders of words or at properties of characters, and for one that is none.
 */
export function parsePattern(source: string): Pattern | undefined {
  try {
    new RegExp(source, "u");
    return new Parser(source).parse();
  } catch {
    return undefined;
  }
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };

class Parser {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#chars = Array.from(source);
  }

  parse(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#chars.length) throw new Error("unexpected");
    return pattern;
  }

  #choice(): Pattern {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { kind: "choice", options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#chars.length && this.#peek() !== "|" && this.#peek() !== ")")
      parts.push(this.#quantified(this.#atom()));
    return { kind: "sequence", parts };
  }

  #atom(): Pattern {
    const char = this.#next();
    if (char === "^") return { kind: "start" };
    if (char === "$") return { kind: "end" };
    if (char === "(") return this.#group();
    if (char === ".") return { kind: "char", set: DOT };
    if (char === "[") return { kind: "char", set: this.#class() };
    return { kind: "char", set: char === "\\" ? this.#escape() : single(char) };
  }

  #group(): Pattern {
    if (this.#take("?")) {
      // Names of groups say nothing; everything else looks around.
      if (this.#take("<")) {
        if (this.#peek() === "=" || this.#peek() === "!") throw new Error("looks behind");
        while (this.#next() !== ">");
      } else if (!this.#take(":")) throw new Error("looks ahead, or sets flags");
    }
    const inner = this.#choice();
    if (!this.#take(")")) throw new Error("unclosed");
    return inner;
  }

  #quantified(part: Pattern): Pattern {
    const range = this.#range();
    if (!range) return part;
    // Which of several ways is tried first makes no difference to what matches.
    this.#take("?");
    const [min, max] = range;
    return this.#quantified({ kind: "repeat", part, min, max });
  }

  #range(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Infinity];
    if (this.#take("+")) return [1, Infinity];
    if (this.#take("?")) return [0, 1];
    if (!this.#take("{")) return undefined;
    const min = this.#number();
    const max = this.#take(",") ? (this.#peek() === "}" ? Infinity : this.#number()) : min;
    if (!this.#take("}")) throw new Error("unclosed");
    return [min, max];
  }

  #number(): number {
    let digits = "";
    while (/^\d$/.test(this.#peek())) digits += this.#next();
    return Number(digits);
  }

  #class(): CharSet {
    const isNegated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take("]")) {
      const from = this.#classAtom();
      const only = singleOf(from);
      const isRange = this.#peek() === "-" && this.#chars[this.#at + 1] !== "]" && only !== undefined;
      if (!isRange) {
        ranges.push(...from);
        continue;
      }
      this.#next();
      const to = singleOf(this.#classAtom());
      if (to === undefined) throw new Error("no range");
      ranges.push([only, to]);
    }
    const set = union(ranges);
    return isNegated ? negate(set) : set;
  }

  #classAtom(): CharSet {
    const char = this.#next();
    if (char !== "\\") return single(char);
    if (this.#take("b")) return single("\b");
    return this.#escape();
  }

  #escape(): CharSet {
    const char = this.#next();
    const known = ESCAPES[char];
    if (known) return known;
    const control = CONTROLS[char];
    if (control !== undefined) return [[control, control]];
    if (char === "x") return this.#hex(2);
    if (char === "u") return this.#unicode();
    if (char === "c") return single(String.fromCharCode((this.#next().codePointAt(0) ?? 0) % 32));
    if (/^[\^$\\.*+?()[\]{}|/-]$/.test(char)) return single(char);
    throw new Error("a border, a property or a reference");
  }

  #unicode(): CharSet {
    if (!this.#take("{")) return this.#hex(4);
    let digits = "";
    while (this.#peek() !== "}") digits += this.#next();
    this.#next();
    return single(String.fromCodePoint(parseInt(digits, 16)));
  }

  /** Halves of a pair are one character with the flag `u`: such patterns are left alone. */
  #hex(length: number): CharSet {
    let digits = "";
    while (digits.length < length) digits += this.#next();
    const code = parseInt(digits, 16);
    if (code >= 0xd800 && code <= 0xdfff) throw new Error("half a pair");
    return [[code, code]];
  }

  #peek(): string {
    return this.#chars[this.#at] ?? "";
  }

  #next(): string {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw new Error("ends too early");
    return char;
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }
}

function single(char: string): CharSet {
  const code = char.codePointAt(0) ?? 0;
  return [[code, code]];
}

function singleOf(set: CharSet): number | undefined {
  const [range] = set;
  return set.length === 1 && range && range[0] === range[1] ? range[0] : undefined;
}
