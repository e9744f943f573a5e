import { KEYWORDS } from "./keywords.ts";
import { Refusal } from "./refusal.ts";
import type { Token } from "./token.ts";

/** Deeper nesting than any real policy, and far from the end of the call stack. */
const MAXIMUM_DEPTH = 120;

/** A cursor over tokens, with look-ahead and back-tracking. */
export class TokenCursor {
  private readonly tokens: readonly Token[];
  private readonly last: Token;
  private index = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    const last = tokens.at(-1);
    if (last === undefined) throw new RangeError('a token list ends with a token of kind "end"');
    this.tokens = tokens;
    this.last = last;
  }

  peek(offset = 0): Token {
    return this.tokens[this.index + offset] ?? this.last;
  }

  get line(): number {
    return this.peek().line;
  }

  next(): Token {
    const token = this.peek();
    this.index++;
    return token;
  }

  /** Whether the token at the offset is this operator or word. */
  is(text: string, offset = 0): boolean {
    const token = this.peek(offset);
    return (token.kind === "operator" || token.kind === "identifier") && token.text === text;
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.index++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.unexpected(`"${text}"`);
  }

  /** Whether the token at the offset is an identifier that is no keyword. */
  isIdentifier(offset = 0): boolean {
    const token = this.peek(offset);
    return token.kind === "identifier" && !KEYWORDS.has(token.text);
  }

  /** Takes an identifier; `@name` is `name`. */
  identifier(): string {
    if (!this.isIdentifier()) this.unexpected("a name");
    return this.next().text.replace(/^@/, "");
  }

  /** Runs a parse that may fail; on null or a refusal the cursor stands where it stood. */
  attempt<T>(parse: () => T | null): T | null {
    const start = this.index;
    let result: T | null = null;
    try {
      result = parse();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    if (result === null) this.index = start;
    return result;
  }

  /** Runs a parse one level deeper. */
  nested<T>(parse: () => T): T {
    if (this.depth >= MAXIMUM_DEPTH) throw new Refusal(this.line, "the expression is nested too deeply");
    this.depth++;
    try {
      return parse();
    } finally {
      this.depth--;
    }
  }

  unexpected(expected: string): never {
    const { text } = this.peek();
    const found = /^(an? |the end)/.test(text) ? text : `"${text}"`;
    throw new Refusal(this.line, `expected ${expected}, found ${found}`);
  }
}
