import type { Change, Creation } from "./contract-edit.ts";

/** A part of a text, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line with its block. */
export interface Line extends Span {
  readonly indent: number;
}

/**
 * The part of a file that a change names with `in`.
 * @throws {Error} when one of the lines is not there, or not once
 */
export function blockOf({ file, in: path = [] }: Exclude<Change, Creation>, text: string): Span {
  const whole: Span = { start: 0, end: text.length };
  return path.reduce((block, line) => lineIn(file, text, block, line), whole);
}

/**
 * The one line of a part that reads so, white space around it left aside, with its block: the lines that are indented
 * deeper than it.
 * @throws {Error} when there is none, or more than one
 */
export function lineIn(file: string, text: string, part: Span, wanted: string): Line {
  const lines = linesOf(text, part);
  const found = lines.filter(({ content }) => content === wanted);
  const [line] = found;
  if (!line || found.length > 1)
    throw new Error(`${file} has the line ${JSON.stringify(wanted)} ${found.length} times here, not once`);
  const next = lines.find(
    ({ start, indent, content }) => start > line.start && content !== "" && indent <= line.indent,
  );
  return { start: line.start, end: next?.start ?? part.end, indent: line.indent };
}

function linesOf(text: string, { start, end }: Span): { start: number; indent: number; content: string }[] {
  let at = start;
  return text
    .slice(start, end)
    .split("\n")
    .map((line) => {
      const begin = at;
      at += line.length + 1;
      return { start: begin, indent: line.length - line.trimStart().length, content: line.trim() };
    });
}
