import { parseArgs } from "node:util";
import { BaseError } from "../diff/base/git.ts";
import { judgeChange, type ChangeReport } from "../diff/judge-change.ts";
import { ContractError } from "../finding.ts";
import { isReportFormat, reportFindings, REPORT_FORMATS } from "../report/report-findings.ts";
import { exitCodeOf, FAILED, UNJUDGED } from "./exit-codes.ts";
import type { Command } from "./terminal.ts";

const FORMATS: readonly string[] = [...REPORT_FORMATS, "markdown", "json"];

const USAGE = `usage: npm run diff -- --base REF [--format ${FORMATS.join("|")}]
  --base REF       the git reference to compare the working tree with
  --format FORMAT  text (default), github (annotations), sarif (SARIF 2.1.0), markdown (the changelog) or json
exit codes: 0 no error, 1 an error, 2 no verdict; the rules are in docs/rules/README.md`;

/**
 * `diff --base REF [--format FORMAT]`: whom the change of the contracts since a git reference breaks. Ends with 1 when it
 * breaks partners without a waiver or a new major version, or the contracts are broken themselves; with 2 when the base
 * cannot be read.
 */
export const runDiff: Command = async ({ projectDirectory, args, print, fail }) => {
  const options = readOptions(args);
  if (typeof options === "string") {
    fail(`${options}\n${USAGE}`);
    return UNJUDGED;
  }
  try {
    const report = await judgeChange({ projectDirectory, base: options.base, today: new Date() });
    print(format(report, options.format));
    return exitCodeOf(report.findings);
  } catch (error) {
    if (error instanceof ContractError) {
      print(reportFindings(error.findings, isReportFormat(options.format) ? options.format : "text"));
      return FAILED;
    }
    if (!(error instanceof BaseError)) throw error;
    fail(error.message);
    return UNJUDGED;
  }
};

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]): { base: string; format: string } | string {
  const text = { type: "string" } as const;
  try {
    const { base, format = "text" } = parseArgs({
      args: [...args],
      options: { base: text, format: text },
    }).values;
    if (base === undefined)
      return "--base is missing: which git reference is the change to be compared with?";
    return FORMATS.includes(format) ? { base, format } : `there is no format ${format}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function format(report: ChangeReport, name: string): string {
  if (name === "markdown") return report.changelog.trimEnd();
  if (name === "json") return JSON.stringify(report, null, 2);
  if (!isReportFormat(name) || name !== "text")
    return reportFindings(report.findings, isReportFormat(name) ? name : "text");
  return `${reportFindings(report.findings, "text")}\n${verdicts(report)}`;
}

/** One line for each API: what it is, what it was, and what the change asks for. */
function verdicts({ apis, redocly, verdict }: ChangeReport): string {
  const lines = apis.map(({ name, from, to, verdict: own }) => {
    const version = from === to ? (to ?? "") : `${from ?? "none"} → ${to ?? "none"}`;
    return `${name} ${version}: ${own}`;
  });
  const alone = redocly === verdict ? "" : `\nredocly diff alone says: ${redocly}`;
  return `${lines.join("\n")}${alone}`;
}
