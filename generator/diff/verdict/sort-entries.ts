import type { Entry } from "./merge-changes.ts";

/** By file, line, column, rule and message: the order must not depend on how the changes were found. */
export function sortEntries(entries: readonly Entry[]): Entry[] {
  return entries.toSorted(
    (a, b) =>
      compare(a.change.at.file, b.change.at.file) ||
      a.change.at.line - b.change.at.line ||
      a.change.at.column - b.change.at.column ||
      compare(a.change.rule, b.change.rule) ||
      compare(a.message, b.message),
  );
}

/** By code unit, whatever the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
