import { join } from "node:path";
import { exitCodeOf, UNJUDGED } from "../../generator/commands/exit-codes.ts";
import { reportFindings } from "../../generator/report/report-findings.ts";
import { startTestPlatform, type PlatformAddresses } from "../support/start-test-platform.ts";
import { prepareCases } from "./cases/prepare-cases.ts";
import { readContracts, type PublishedContract } from "./contract/read-contracts.ts";
import { readSourceLines } from "./contract/source-lines.ts";
import { coverageTable } from "./coverage/coverage-table.ts";
import { OUT_OF_REACH } from "./single-operations.ts";
import { partsOf } from "./parts/parts.ts";
import { readOptions, UsageError, USAGE, type CommandOptions } from "./read-options.ts";
import { runConformance } from "./run-conformance.ts";

const projectDirectory = join(import.meta.dirname, "../..");

interface Output {
  /** Findings and figures. */
  readonly print: (text: string) => void;
  /** Everything else, so that a report can be piped on. */
  readonly fail: (text: string) => void;
}

/** `npm run conformance`: a platform of its own, the cases, the report. Gives the exit code: 0, 1 for findings, 2 for no verdict. */
export async function main(args: readonly string[], output: Output): Promise<number> {
  try {
    const options = readOptions(args, Math.floor(Math.random() * 0x3fffffff));
    return await judge(options, output);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    output.fail(error instanceof UsageError ? `${message}\n${USAGE}` : message);
    return UNJUDGED;
  }
}

async function judge(options: CommandOptions, output: Output): Promise<number> {
  const contracts = readContracts(projectDirectory);
  const known = contracts.flatMap(({ operations }) => operations.map(({ operationId }) => operationId));
  const unknown = options.operations?.find((one) => !known.includes(one));
  if (unknown !== undefined)
    throw new UsageError(`there is no operation ${unknown}; the contracts have ${known.join(", ")}`);
  const platform = await startTestPlatform();
  const stop = stopOnSignal(() => platform.stop());
  try {
    return await judgePlatform(options, contracts, platform, output);
  } finally {
    await stop();
  }
}

async function judgePlatform(
  options: CommandOptions,
  contracts: readonly PublishedContract[],
  platform: PlatformAddresses,
  { print, fail }: Output,
): Promise<number> {
  const lines = readSourceLines(projectDirectory);
  const parts = await partsOf(projectDirectory, contracts, platform, options.workers);
  try {
    const { cases, seed, workers, operations, aim, replay, format } = options;
    fail(`seed ${seed}`);
    const result = await runConformance({
      prepared: await prepareCases(contracts),
      parts,
      lines,
      cases,
      seed,
      workers,
      ...(operations && { operations }),
      ...(aim !== undefined && { aim }),
      ...(replay && { replay }),
      runsAllPlanned: true,
      progress: ({ operationId, cases: done, seconds, disagreements }) =>
        fail(`${operationId}: ${done} cases in ${seconds.toFixed(1)} s, ${disagreements} disagreements`),
    });
    const kinds = `${OUT_OF_REACH.length} kinds of answers are out of reach: tests/conformance/single-operations.ts says why`;
    const figures = `${coverageTable(result.operations)}\n${kinds}`;
    const busy =
      result.repeated > 0
        ? `\n${result.repeated} cases were sent again because the platform was busy (503)`
        : "";
    (format === "text" ? print : fail)(figures + busy);
    if (result.findings.length > 0) print(reportFindings(result.findings, format));
    else if (format === "sarif") print(reportFindings([], format));
    return exitCodeOf(result.findings);
  } finally {
    await parts.close();
  }
}

/** A run may be ended from the keyboard: its platform and its data go with it. @returns what ends it otherwise */
function stopOnSignal(stop: () => Promise<void>): () => Promise<void> {
  const leave = () => {
    void stop().finally(() => process.exit(UNJUDGED));
  };
  process.once("SIGINT", leave).once("SIGTERM", leave);
  return async () => {
    process.off("SIGINT", leave).off("SIGTERM", leave);
    await stop();
  };
}
