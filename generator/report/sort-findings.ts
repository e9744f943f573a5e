import type { Finding } from "../finding.ts";

/** By file, line, column, rule and message. What two judges found alike is there once. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const different = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...different.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function keyOf({ file, line, column, rule, message }: Finding): string {
  return JSON.stringify([file, line, column, rule, message]);
}

/** By code unit: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
