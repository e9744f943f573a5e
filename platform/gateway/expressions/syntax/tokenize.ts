import { CharacterReader } from "./character-reader.ts";
import { readInterpolatedString } from "./read-interpolated-string.ts";
import { readNumber } from "./read-number.ts";
import { readCharLiteral, readRegularString, readVerbatimString } from "./read-text-literal.ts";
import type { Token, TokenPosition } from "./token.ts";

// Longest first. ">" stands alone, so that "List<List<int>>" needs no splitting; the parser joins shifts.
const OPERATORS = (
  "<<= ?? ?. => == != <= >= && || ++ -- += -= *= /= %= &= |= ^= << :: " +
  "+ - * / % & | ^ ! ~ = < > ? : ; , . ( ) [ ] { }"
).split(" ");
const BLANK = /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const IDENTIFIER = /@?[\p{L}_][\p{L}\p{N}_]*/uy;

/**
 * Splits C# source into tokens, the last of kind "end".
 * @throws Refusal for a character or literal that is no C#
 */
export function tokenize(source: string, line = 0): Token[] {
  const reader = new CharacterReader(source, line);
  const tokens: Token[] = [];
  for (;;) {
    reader.takeMatch(BLANK);
    if (reader.startsWith("/*")) reader.refuse("a comment has no end");
    const token = readToken(reader);
    tokens.push(token);
    if (token.kind === "end") return tokens;
  }
}

function readToken(reader: CharacterReader): Token {
  const start = reader.position;
  const line = reader.line;
  const token = readBare(reader);
  return { ...token, line, start, end: reader.position };
}

type Bare = Token extends infer T ? (T extends Token ? Omit<T, keyof TokenPosition> : never) : never;

function readBare(reader: CharacterReader): Bare {
  if (reader.atEnd()) return { kind: "end", text: "the end of the expression" };
  return readQuoted(reader) ?? readUnquoted(reader);
}

function readQuoted(reader: CharacterReader): Bare | null {
  const opening = /(?:\$@|@\$|\$|@)?"|'/y;
  opening.lastIndex = reader.position;
  const prefix = opening.exec(reader.source)?.[0];
  if (prefix === undefined) return null;
  reader.take(prefix.length - 1);
  if (prefix === "'") {
    return { kind: "literal", text: "a character", type: "char", value: readCharLiteral(reader) };
  }
  if (prefix.includes("$")) {
    const parts = readInterpolatedString(reader, prefix.includes("@"));
    return { kind: "interpolated", text: "an interpolated string", parts };
  }
  const value = prefix === '"' ? readRegularString(reader) : readVerbatimString(reader);
  return { kind: "literal", text: "a string", type: "string", value };
}

function readUnquoted(reader: CharacterReader): Bare {
  if (/^\.?\d/.test(reader.peek() + reader.peek(1))) {
    return { kind: "literal", text: "a number", ...readNumber(reader) };
  }
  const word = reader.takeMatch(IDENTIFIER);
  if (word !== "") return readWord(word);
  const operator = OPERATORS.find((candidate) => reader.startsWith(candidate));
  if (operator === undefined) return reader.refuse(`unexpected character "${reader.peek()}"`);
  // "a?.5:b" is a conditional whose first branch is .5
  const isConditional = operator === "?." && /\d/.test(reader.peek(2));
  return { kind: "operator", text: reader.take(isConditional ? 1 : operator.length) };
}

function readWord(word: string): Bare {
  if (word === "true" || word === "false") {
    return { kind: "literal", text: word, type: "bool", value: word === "true" };
  }
  if (word === "null") return { kind: "literal", text: word, type: "null", value: null };
  return { kind: "identifier", text: word };
}
