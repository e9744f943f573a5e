import type { Finding } from "../finding.ts";
import { reportAsAnnotations } from "./report-as-annotations.ts";
import { reportAsSarif } from "./report-as-sarif.ts";
import { reportAsText } from "./report-as-text.ts";
import { sortFindings } from "./sort-findings.ts";

/** `text` is for people, `github` for annotations on a pull request, `sarif` for code scanning. */
export type ReportFormat = keyof typeof REPORTS;

const REPORTS = { text: reportAsText, github: reportAsAnnotations, sarif: reportAsSarif };

export const REPORT_FORMATS: readonly string[] = Object.keys(REPORTS);

export function isReportFormat(value: string): value is ReportFormat {
  return Object.hasOwn(REPORTS, value);
}

/** The findings as one text without a newline at its end, in the order of their places: equal findings give equal texts. */
export function reportFindings(findings: readonly Finding[], format: ReportFormat): string {
  return REPORTS[format](sortFindings(findings));
}
