import { MARK, type Change, type Insertion, type Replacement } from "./contract-edit.ts";
import { blockOf, lineIn, type Span } from "./find-lines.ts";

/** A file as an edit leaves it. */
export interface EditedFile {
  readonly file: string;
  readonly text: string;
  /** The lines, from 1, that the edit marks. */
  readonly marked: readonly number[];
}

/**
 * Applies the changes of an edit.
 * @param read the text of a file before the edit
 * @throws {Error} when a place is not there, or not once: the edit would be another one than it says
 */
export function applyChanges(changes: readonly Change[], read: (file: string) => string): EditedFile[] {
  const texts = new Map<string, string>();
  for (const change of changes) {
    const before = "create" in change ? "" : (texts.get(change.file) ?? read(change.file));
    texts.set(change.file, applyChange(change, before));
  }
  return [...texts].map(([file, text]) => ({
    file,
    text: text.replaceAll(MARK, ""),
    marked: text.split("\n").flatMap((line, index) => (line.includes(MARK) ? [index + 1] : [])),
  }));
}

function applyChange(change: Change, text: string): string {
  if ("create" in change) return `${change.create.join("\n")}\n`;
  const block = blockOf(change, text);
  if ("replace" in change) return replace(change, text, block);
  if ("insert" in change) return insert(change, text, block);
  if ("remove" in change) {
    const { start, end } = lineIn(change.file, text, block, change.remove);
    return text.slice(0, start) + text.slice(end);
  }
  const { start, indent } = lineIn(change.file, text, block, change.mark);
  return text.slice(0, start + indent) + MARK + text.slice(start + indent);
}

function replace({ file, replace, by, times = 1 }: Replacement, text: string, block: Span): string {
  const inside = text.slice(block.start, block.end);
  const found = inside.split(replace).length - 1;
  if (found !== times)
    throw new Error(`${file} has ${JSON.stringify(replace)} ${found} times here, not ${times}`);
  const edited = by === "" ? withoutText(inside, replace) : inside.replaceAll(replace, () => by);
  return text.slice(0, block.start) + edited + text.slice(block.end);
}

function withoutText(inside: string, text: string): string {
  const lines = inside.split("\n").map((line) => ({ before: line, after: line.replaceAll(text, "") }));
  return lines
    .filter(({ before, after }) => after.trim() !== "" || before.trim() === "")
    .map(({ after }) => after)
    .join("\n");
}

function insert({ file, after, insert }: Insertion, text: string, block: Span): string {
  const { start, indent } = lineIn(file, text, block, after);
  const endOfLine = text.indexOf("\n", start) + 1;
  const margin = " ".repeat(indent);
  return (
    text.slice(0, endOfLine) + insert.map((line) => `${margin}${line}\n`).join("") + text.slice(endOfLine)
  );
}
