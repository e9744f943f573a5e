import type { Char } from "../runtime/char.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";

/** `Split` by characters; none given means white space. */
export function splitByChars(
  text: string,
  separators: readonly Char[] | null,
  count: number | null,
  removeEmpty: boolean,
): string[] {
  if (separators === null || separators.length === 0) return split(text, whiteSpaceAt, count, removeEmpty);
  const codes = new Set(separators.map((separator) => separator.code));
  return split(text, (index) => (codes.has(text.charCodeAt(index)) ? 1 : 0), count, removeEmpty);

  function whiteSpaceAt(index: number): number {
    return /\s/.test(text.charAt(index)) ? 1 : 0;
  }
}

/** `Split` by texts, the first that matches winning; empty ones are ignored. */
export function splitByTexts(
  text: string,
  separators: readonly (string | null)[] | null,
  count: number | null,
  removeEmpty: boolean,
): string[] {
  if (separators === null || separators.length === 0) return splitByChars(text, null, count, removeEmpty);
  const used = separators.filter((separator) => separator !== null && separator !== "");
  const lengthAt = (index: number) =>
    used.find((separator) => separator !== null && text.startsWith(separator, index))?.length ?? 0;
  return split(text, lengthAt, count, removeEmpty);
}

/** Splits where `separatorAt` gives the length of a separator; the last of `count` parts takes the rest. */
function split(
  text: string,
  separatorAt: (index: number) => number,
  count: number | null,
  removeEmpty: boolean,
): string[] {
  if (count !== null && count < 0) raiseOutOfRange("count", "Count cannot be less than zero.");
  if (count === 0) return [];
  spendSize(text.length * 4);
  const parts: string[] = [];
  let start = 0;
  let index = 0;
  while (index < text.length && parts.length + 1 !== count) {
    const length = separatorAt(index);
    index += Math.max(length, 1);
    if (length === 0) continue;
    addPart(text.slice(start, index - length));
    start = index;
  }
  addPart(text.slice(start));
  return parts;

  function addPart(part: string): void {
    if (part !== "" || !removeEmpty) parts.push(part);
  }
}
