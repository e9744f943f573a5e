import { raise } from "../runtime/thrown.ts";
import { translateClass } from "./translate-class.ts";
import { SHORTHANDS, translateEscape } from "./translate-escape.ts";

/** A .NET pattern as JavaScript's, with the numbers .NET gives the groups. */
export interface TranslatedPattern {
  /** For the flags "v" and "d". */
  readonly source: string;
  /** Groups in .NET's order; `javascript` is the number that JavaScript gives. */
  readonly groups: readonly { readonly name: string; readonly javascript: number }[];
  /** Whether backtracking may take long: it repeats something in more than one place. */
  readonly isRisky: boolean;
}

export interface PatternOptions {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly singleline: boolean;
  readonly explicitCapture: boolean;
  readonly ignoreWhitespace: boolean;
}

const START = "(?<![^])";
const END = "(?![^])";

/**
 * Translates a .NET regular expression. Refused are atomic and balancing groups, conditionals, and options that change
 * within a group.
 * Source: Microsoft Learn, "Regular Expression Language - Quick Reference".
 * @throws ArgumentException (as .NET exception)
 */
export function translatePattern(pattern: string, options: PatternOptions): TranslatedPattern {
  return new PatternTranslator(pattern, options).translate();
}

class PatternTranslator {
  private readonly pattern: string;
  private position = 0;
  private readonly output: (string | { readonly backReference: string })[] = [];
  private readonly groups: (string | null)[] = [];
  private readonly stack: { readonly options: PatternOptions; readonly extra: number }[] = [];
  private options: PatternOptions;
  private extraClosers = 0;
  private repeats = 0;

  constructor(pattern: string, options: PatternOptions) {
    this.pattern = pattern;
    this.options = options;
  }

  translate(): TranslatedPattern {
    this.openOptions(true);
    while (this.position < this.pattern.length) this.step();
    if (this.stack.length > 0) this.refuse("Not enough )'s.");
    this.output.push(")".repeat(this.extraClosers));
    const groups = this.numberedGroups();
    const source = this.output.map((part) =>
      typeof part === "string" ? part : this.backReference(part.backReference, groups),
    );
    return { source: source.join(""), groups, isRisky: this.repeats > 1 };
  }

  private step(): void {
    const character = this.pattern.charAt(this.position);
    if (this.options.ignoreWhitespace && this.skipBlank()) return;
    switch (character) {
      case "\\":
        this.escape();
        break;
      case "[":
        this.characterClass();
        break;
      case "(":
        this.open();
        break;
      case ")":
        this.close();
        break;
      case "{":
        this.brace();
        break;
      default:
        if (character === "*" || character === "+") this.repeats++;
        this.emit(this.plain(character));
    }
  }

  private plain(character: string): string {
    switch (character) {
      case ".":
        return this.options.singleline ? "[^]" : "[^\\n]";
      case "^":
        return this.options.multiline ? `(?<=\\n|${START})` : START;
      case "$":
        return this.options.multiline ? `(?=\\n|${END})` : `(?=\\n?${END})`;
      default:
        return /[\]}/]/.test(character) ? `\\${character}` : character;
    }
  }

  private emit(text: string, length = 1): void {
    this.output.push(text);
    this.position += length;
  }

  private skipBlank(): boolean {
    const blank = this.match(/\s+|#[^\n]*/y);
    return blank !== null;
  }

  private brace(): void {
    const quantifier = this.match(/\{\d+(,\d*)?\}/y);
    if (quantifier === null) {
      this.emit("\\{");
    } else {
      if (quantifier[0].includes(",")) this.repeats++;
      this.output.push(quantifier[0]);
    }
  }

  private escape(): void {
    const reference = this.match(/\\(?:k<(\w+)>|k'(\w+)'|([1-9]\d?))/y);
    const shorthand = SHORTHANDS.get(this.pattern.charAt(this.position + 1));
    if (reference !== null) {
      this.output.push({ backReference: reference[1] ?? reference[2] ?? reference[3] ?? "" });
    } else if (shorthand !== undefined) {
      this.emit(shorthand, 2);
    } else {
      const { text, length } = translateEscape(this.pattern, this.position);
      this.emit(text, length);
    }
  }

  private characterClass(): void {
    const { text, end } = translateClass(this.pattern, this.position);
    this.output.push(text);
    this.position = end;
  }

  private open(): void {
    if (this.match(/\(\?#[^)]*\)/y) !== null) return;
    this.stack.push({ options: this.options, extra: this.extraClosers });
    this.extraClosers = 0;
    const named = this.match(/\(\?(?:<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
    if (named !== null) this.openNamed(named[1] ?? named[2] ?? "");
    else if (!this.openSpecial()) this.openPlain();
    this.openOptions(false);
  }

  private openNamed(name: string): void {
    if (this.groups.includes(name))
      this.refuse(`the group "${name}" is defined twice, which is not supported`);
    this.groups.push(name);
    this.output.push(`(?<${name}>`);
  }

  private openPlain(): void {
    this.position++;
    if (this.options.explicitCapture) this.output.push("(?:");
    else {
      this.groups.push(null);
      this.output.push("(");
    }
  }

  private openSpecial(): boolean {
    const plain = this.match(/\(\?(?::|=|!|<=|<!)/y);
    if (plain !== null) {
      this.output.push(plain[0]);
      return true;
    }
    const scoped = this.match(/\(\?([imnsx]*)(?:-([imnsx]+))?:/y);
    if (scoped !== null) {
      this.setOptions(scoped[1] ?? "", scoped[2] ?? "");
      this.output.push(this.caseGroup());
      return true;
    }
    if (/\(\?(?![imnsx-]+\))/y.test(this.pattern.slice(this.position))) {
      this.refuse("an atomic, balancing, conditional or numbered group is not supported");
    }
    return false;
  }

  /** Options at the start of the pattern or a group: `(?i)`; they end with the group. */
  private openOptions(isPattern: boolean): void {
    if (isPattern && this.options.ignoreCase) {
      this.output.push("(?i:");
      this.extraClosers++;
    }
    for (;;) {
      const match = this.match(/\(\?([imnsx]*)(?:-([imnsx]+))?\)/y);
      if (match === null) return;
      this.setOptions(match[1] ?? "", match[2] ?? "");
      this.output.push(this.caseGroup());
      this.extraClosers++;
    }
  }

  private caseGroup(): string {
    return this.options.ignoreCase ? "(?i:" : "(?-i:";
  }

  private setOptions(on: string, off: string): void {
    const value = (letter: string, before: boolean) =>
      on.includes(letter) ? true : off.includes(letter) ? false : before;
    this.options = {
      ignoreCase: value("i", this.options.ignoreCase),
      multiline: value("m", this.options.multiline),
      singleline: value("s", this.options.singleline),
      explicitCapture: value("n", this.options.explicitCapture),
      ignoreWhitespace: value("x", this.options.ignoreWhitespace),
    };
  }

  private close(): void {
    const outer = this.stack.pop();
    if (outer === undefined) return this.refuse("Too many )'s.");
    this.emit(")".repeat(this.extraClosers + 1));
    this.options = outer.options;
    this.extraClosers = outer.extra;
  }

  /** .NET numbers the unnamed groups first. */
  private numberedGroups(): TranslatedPattern["groups"] {
    const all = this.groups.map((name, index) => ({ name, javascript: index + 1 }));
    const unnamed = all.filter(({ name }) => name === null);
    const ordered = [...unnamed, ...all.filter(({ name }) => name !== null)];
    return ordered.map(({ name, javascript }, index) => ({
      name: name ?? (index + 1).toString(),
      javascript,
    }));
  }

  private backReference(name: string, groups: TranslatedPattern["groups"]): string {
    const index = /^\d/.test(name) ? groups[Number(name) - 1] : groups.find((group) => group.name === name);
    if (index === undefined) return this.refuse(`Reference to undefined group ${name}.`);
    return `(?:\\${index.javascript})`;
  }

  private match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.position;
    const match = expression.exec(this.pattern);
    if (match !== null) this.position += match[0].length;
    return match;
  }

  private refuse(problem: string): never {
    return raise("ArgumentException", `parsing "${this.pattern}" - ${problem}`);
  }
}
