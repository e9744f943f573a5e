import type { Finding, Severity } from "../finding.ts";

/** `1 error, 0 warnings, 2 notes`. */
export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Severity): string => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${severity}${number === 1 ? "" : "s"}`;
  };
  return [count("error"), count("warning"), count("note")].join(", ");
}
