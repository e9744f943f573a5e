import { raise } from "../runtime/thrown.ts";

const WORD = String.raw`\p{L}\p{Mn}\p{Nd}\p{Pc}`;
const BEFORE = `(?<=[${WORD}])`;
const AFTER = `(?=[${WORD}])`;
const NOT_BEFORE = `(?<![${WORD}])`;
const NOT_AFTER = `(?![${WORD}])`;

/** .NET's shorthands know Unicode, JavaScript's only ASCII; the anchors have no counterpart. */
export const SHORTHANDS: ReadonlyMap<string, string> = new Map([
  ["d", String.raw`\p{Nd}`],
  ["D", String.raw`\P{Nd}`],
  ["w", `[${WORD}]`],
  ["W", `[^${WORD}]`],
  ["s", String.raw`[\s\u0085]`],
  ["S", String.raw`[^\s\u0085]`],
  ["b", `(?:${BEFORE}${NOT_AFTER}|${NOT_BEFORE}${AFTER})`],
  ["B", `(?:${BEFORE}${AFTER}|${NOT_BEFORE}${NOT_AFTER})`],
  ["A", "(?<![^])"],
  ["z", "(?![^])"],
  ["Z", "(?=\\n?(?![^]))"],
]);

/** Translates one escape that stands for a character or a Unicode category, at an offset of a pattern. */
export function translateEscape(pattern: string, position: number): { text: string; length: number } {
  const rest = pattern.slice(position, position + 40);
  const category = /^\\[pP]\{(\w+)\}/.exec(rest);
  if (category !== null) {
    if ((category[1] ?? "").length > 2) refuse(pattern, `the category ${category[0]} is not supported`);
    return { text: category[0], length: category[0].length };
  }
  const code = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(0[0-7]{0,2}))/i.exec(rest);
  if (code !== null) {
    const [all, short, long, octal = "0"] = code;
    const hex = short ?? long;
    const value = hex === undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex, 16);
    return { text: escaped(value), length: all.length };
  }
  return translateSingle(pattern, rest.charAt(1));
}

function translateSingle(pattern: string, character: string): { text: string; length: number } {
  if (character === "") return refuse(pattern, "Illegal \\ at end of pattern.");
  if ("tnrfv".includes(character)) return { text: `\\${character}`, length: 2 };
  if (character === "a") return { text: "\\x07", length: 2 };
  if (character === "e") return { text: "\\x1b", length: 2 };
  if (/[\w]/.test(character)) return refuse(pattern, `Unrecognized escape sequence \\${character}.`);
  return { text: escaped(character.charCodeAt(0)), length: 2 };
}

/** A character as an escape that the flag "v" takes anywhere. */
export function escaped(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

function refuse(pattern: string, problem: string): never {
  return raise("ArgumentException", `parsing "${pattern}" - ${problem}`);
}
