import { formatFinding, type Finding } from "../finding.ts";
import { pageOf } from "../rules/page-of.ts";
import { countFindings } from "./count-findings.ts";

/** A line for each finding, below it what to do about it and the rule's page, and at the end a line that counts. */
export function reportAsText(findings: readonly Finding[]): string {
  return [...findings.flatMap(linesOf), countFindings(findings)].join("\n");
}

function linesOf(finding: Finding): string[] {
  const help = [finding.hint?.replaceAll(/\s*\n\s*/g, " "), pageOf(finding.rule)];
  return [formatFinding(finding), `  ${help.filter((part) => part !== undefined).join(" · ")}`];
}
