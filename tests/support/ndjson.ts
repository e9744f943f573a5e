/** JSON texts, one a line. */
export const NDJSON = "application/x-ndjson";

/** What each line holds. @throws {SyntaxError} for a line that is no JSON, and for a last one that was cut off */
export function linesOf(text: string): unknown[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new SyntaxError("the last line was cut off");
  return lines.map((line): unknown => JSON.parse(line));
}
