import { parseArgs } from "node:util";
import { missingHandlers } from "../build/missing-handlers.ts";
import { ContractError, formatFinding, type Finding } from "../finding.ts";
import { errorCode } from "../ledger/error-code.ts";
import { refreshGenerated, type Refresh } from "../ledger/refresh-generated.ts";
import { exitCodeOf, FAILED, PASSED, UNJUDGED } from "./exit-codes.ts";
import type { Command, Terminal } from "./terminal.ts";

const USAGE = "usage: npm run generate [-- --check | --watch]";

/**
 * `generate [--check | --watch]`: brings `generated/` up to date, and says which operations lack a handler. With `--check` it
 * writes nothing, and fails with a finding for whatever is not up to date; with `--watch` it goes on as the sources change,
 * until SIGINT or SIGTERM.
 */
export const runGenerate: Command = async (terminal) => {
  const options = readOptions(terminal.args);
  if (typeof options === "string") {
    terminal.fail(`${options}\n${USAGE}`);
    return UNJUDGED;
  }
  if (options.watch) return watch(terminal);
  return options.check ? reportDrift(terminal) : generateOnce(terminal);
};

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]): { check: boolean; watch: boolean } | string {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { check: flag, watch: flag } });
    return values.check && values.watch ? "--check writes nothing, --watch does: use one of them" : values;
  } catch (error) {
    if (!errorCode(error).startsWith("ERR_PARSE_ARGS")) throw error;
    return messageOf(error);
  }
}

async function watch(terminal: Terminal): Promise<number> {
  const { watchSources } = await import("../ledger/watch-sources.ts");
  try {
    await watchSources(terminal.projectDirectory, {
      print: terminal.print,
      changed: () => generateAgain(terminal),
    });
    return PASSED;
  } catch (error) {
    terminal.fail(messageOf(error));
    return UNJUDGED;
  }
}

/** Whatever goes wrong, the next change may put it right. */
async function generateAgain(terminal: Terminal): Promise<void> {
  try {
    await generateOnce(terminal);
  } catch (error) {
    terminal.fail(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function generateOnce({ projectDirectory, print, fail }: Terminal): Promise<number> {
  const startedAt = performance.now();
  try {
    const refresh = await refreshGenerated(projectDirectory);
    print(summary(refresh, performance.now() - startedAt));
    for (const line of remarks(refresh)) print(line);
    for (const missing of await missingHandlers(projectDirectory))
      print(formatFinding({ ...missing, severity: "warning" }));
    return PASSED;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    fail(error.message);
    return FAILED;
  }
}

function summary({ total, written, removed }: Refresh, milliseconds: number): string {
  const seconds = (milliseconds / 1000).toFixed(2);
  return `generated/: ${total} files in ${seconds} s, ${written.length} written, ${removed.length} removed`;
}

/** What a person may not have expected. */
function remarks({ overwritten, discarded, fault }: Refresh): string[] {
  return [
    ...overwritten.map(
      ({ path, line }) =>
        `generated/${path}:${line} was edited by hand or merged, and has been generated again`,
    ),
    ...discarded.map((path) => `generated/${path} was generated from nothing, and has been removed`),
    ...(fault ? [`${fault.file}:${fault.line}: ${fault.message}; everything has been generated again`] : []),
  ];
}

async function reportDrift({ projectDirectory, print, fail }: Terminal): Promise<number> {
  const [{ judgeDrift }, { reportFindings }] = await Promise.all([
    import("../ledger/judge-drift.ts"),
    import("../report/report-findings.ts"),
  ]);
  const findings = await judge(() => judgeDrift(projectDirectory));
  if (findings.length === 0) print("generated/ is what openapi/ and apim-policies/ say");
  else fail(reportFindings(findings, "text"));
  return exitCodeOf(findings);
}

/** Sources that cannot be generated from are findings like any other. */
async function judge(findings: () => Promise<Finding[]>): Promise<readonly Finding[]> {
  try {
    return await findings();
  } catch (error) {
    if (error instanceof ContractError) return error.findings;
    throw error;
  }
}
