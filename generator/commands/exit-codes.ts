import type { Finding } from "../finding.ts";

/** Nothing stands against the change; there may be warnings and notes. */
export const PASSED = 0;

/** There is at least one finding of severity `error`. */
export const FAILED = 1;

/** No verdict: the command was called wrongly, or something that it needs is not there. */
export const UNJUDGED = 2;

/** The exit code that findings ask for: only an error stands against a change. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity === "error") ? FAILED : PASSED;
}
