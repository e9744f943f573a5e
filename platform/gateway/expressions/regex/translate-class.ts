import { raise } from "../runtime/thrown.ts";
import { escaped, SHORTHANDS, translateEscape } from "./translate-escape.ts";

/** Translates `[…]`, also `[a-z-[aeiou]]`, which begins at an offset of a pattern; `end` is the offset after it. */
export function translateClass(pattern: string, start: number): { text: string; end: number } {
  let position = start + 1;
  const negated = pattern.charAt(position) === "^";
  if (negated) position++;
  const first = position;
  let content = "";
  for (;;) {
    const character = pattern.charAt(position);
    if (character === "") return refuse(pattern);
    if (character === "]" && position > first) break;
    if (pattern.startsWith("-[", position) && position > first) {
      const removed = translateClass(pattern, position + 1);
      if (pattern.charAt(removed.end) !== "]") return refuse(pattern);
      return { text: `[[${negated ? "^" : ""}${content}]--${removed.text}]`, end: removed.end + 1 };
    }
    const item = translateItem(pattern, position, first);
    content += item.text;
    position += item.length;
  }
  return { text: `[${negated ? "^" : ""}${content}]`, end: position + 1 };
}

function translateItem(pattern: string, position: number, first: number): { text: string; length: number } {
  const character = pattern.charAt(position);
  if (character === "\\") return translateEscaped(pattern, position);
  if (character !== "-") return { text: plain(character), length: 1 };
  // A hyphen at an end is itself; between two characters it makes a range.
  const isRange =
    position > first &&
    pattern.charAt(position + 1) !== "]" &&
    !/[\\][dDwWsS]$/.test(pattern.slice(first, position));
  return { text: isRange ? "-" : "\\-", length: 1 };
}

function translateEscaped(pattern: string, position: number): { text: string; length: number } {
  const next = pattern.charAt(position + 1);
  if (next === "b") return { text: "\\x08", length: 2 };
  const shorthand = /[dDwWsS]/.test(next) ? SHORTHANDS.get(next) : undefined;
  return shorthand === undefined ? translateEscape(pattern, position) : { text: shorthand, length: 2 };
}

function plain(character: string): string {
  return /[\p{L}\p{N}]/u.test(character) ? character : escaped(character.charCodeAt(0));
}

function refuse(pattern: string): never {
  return raise("ArgumentException", `parsing "${pattern}" - Unterminated [] set.`);
}
