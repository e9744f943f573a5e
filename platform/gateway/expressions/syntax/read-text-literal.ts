import type { CharacterReader } from "./character-reader.ts";

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ["\\", "\\"],
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);
const HEX_ESCAPES: ReadonlyMap<string, RegExp> = new Map([
  ["u", /[0-9a-f]{4}/iy],
  ["U", /[0-9a-f]{8}/iy],
  ["x", /[0-9a-f]{1,4}/iy],
]);

/** Reads `"…"`, the cursor standing on the opening quote. */
export function readRegularString(reader: CharacterReader): string {
  reader.take();
  let text = "";
  while (reader.peek() !== '"') {
    if (reader.atEnd() || reader.peek() === "\n") reader.refuse("the string has no closing quote");
    text += readCharacter(reader);
  }
  reader.take();
  return text;
}

/** Reads `@"…"`, the cursor standing on the opening quote; `""` is one quote. */
export function readVerbatimString(reader: CharacterReader): string {
  reader.take();
  let text = "";
  for (;;) {
    if (reader.atEnd()) reader.refuse("the verbatim string has no closing quote");
    if (reader.startsWith('""')) text += reader.take(2).slice(1);
    else if (reader.peek() === '"') break;
    else text += reader.take();
  }
  reader.take();
  return text;
}

/** Reads `'c'`, the cursor standing on the opening quote. */
export function readCharLiteral(reader: CharacterReader): string {
  reader.take();
  if (reader.peek() === "'") reader.refuse("a character literal is empty");
  const text = readCharacter(reader);
  if (text.length !== 1 || reader.peek() !== "'") {
    reader.refuse("a character literal holds one character; C# strings take double quotes");
  }
  reader.take();
  return text;
}

/** Reads one character of a regular literal, escaped or not. */
export function readCharacter(reader: CharacterReader): string {
  if (reader.peek() !== "\\") return reader.take();
  reader.take();
  const escape = reader.take();
  const simple = SIMPLE_ESCAPES.get(escape);
  if (simple !== undefined) return simple;
  const pattern = HEX_ESCAPES.get(escape);
  const digits = pattern === undefined ? "" : reader.takeMatch(pattern);
  const code = Number.parseInt(digits, 16);
  if (digits === "" || code > 0x10ffff) reader.refuse(`unrecognized escape sequence "\\${escape}"`);
  return String.fromCodePoint(code);
}
