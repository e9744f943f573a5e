import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { judgeChange } from "../diff/judge-change.ts";
import { judgeDrift } from "../ledger/judge-drift.ts";
import { countFindings } from "../report/count-findings.ts";
import {
  isReportFormat,
  REPORT_FORMATS,
  reportFindings,
  type ReportFormat,
} from "../report/report-findings.ts";
import { sortFindings } from "../report/sort-findings.ts";
import { judgeContract, type ContractVerdict, type Judges } from "../rules/judge-contract.ts";
import { judgeLint } from "../rules/judge-lint.ts";
import { judgeSources } from "../rules/judge-sources.ts";
import { exitCodeOf, UNJUDGED } from "./exit-codes.ts";
import type { Command, Terminal } from "./terminal.ts";

const USAGE = `usage: npm run contract [-- --base REF] [--format ${REPORT_FORMATS.join("|")}] [--output FILE] [--changelog FILE]
  --base REF        also judges the change since a git reference
  --format FORMAT   text (default), github (annotations) or sarif (SARIF 2.1.0)
  --output FILE     writes the report there instead of printing it
  --changelog FILE  writes what changed, for partners, as Markdown; needs --base
exit codes: 0 no error, 1 an error, 2 no verdict; the rules are in docs/rules/README.md`;

interface Options {
  readonly base: string | undefined;
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly changelog: string | undefined;
}

/**
 * `contract`: the one stream of findings, of the sources, lint and drift, and with `--base` of the change. Writes nothing but
 * the files that it was asked for.
 */
export const runContract: Command = (terminal) => contractCommand(JUDGES)(terminal);

const JUDGES: Judges = {
  sources: judgeSources,
  lint: judgeLint,
  drift: judgeDrift,
  change: (projectDirectory, base) => judgeChange({ projectDirectory, base, today: new Date() }),
};

/** The same with other judges. */
export function contractCommand(judges: Judges): Command {
  return async (terminal) => {
    const options = readOptions(terminal.args);
    if (typeof options === "string") {
      terminal.fail(`${options}\n${USAGE}`);
      return UNJUDGED;
    }
    const verdict = await judgeContract(terminal.projectDirectory, options.base, judges);
    const unwritten = publish(verdict, options, terminal);
    for (const line of [...verdict.skipped, ...verdict.failures, ...unwritten]) terminal.fail(line);
    return verdict.failures.length + unwritten.length > 0 ? UNJUDGED : exitCodeOf(verdict.findings);
  };
}

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]): Options | string {
  const text = { type: "string" } as const;
  try {
    const options = { base: text, format: text, output: text, changelog: text };
    const { base, format = "text", output, changelog } = parseArgs({ args: [...args], options }).values;
    if (!isReportFormat(format)) return `there is no format ${format}`;
    if (changelog !== undefined && base === undefined) return "--changelog needs --base";
    return { base, format, output, changelog };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Gives what could not be written, and why. */
function publish(
  { findings, changelog }: ContractVerdict,
  options: Options,
  { projectDirectory, print }: Terminal,
): string[] {
  const report = reportFindings(findings, options.format);
  const failures: string[] = [];
  const write = (file: string, text: string): void => {
    try {
      writeFileSync(resolve(projectDirectory, file), text);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };
  if (options.output === undefined) {
    if (report !== "") print(report);
  } else {
    write(options.output, `${report}\n`);
    print(`${options.output}: ${countFindings(sortFindings(findings))}`);
  }
  if (options.changelog !== undefined && changelog !== undefined) write(options.changelog, changelog);
  return failures;
}
