import { join } from "node:path";
import { startTestPlatform } from "../support/start-test-platform.ts";
import { prepareCases, type PreparedCases } from "./cases/prepare-cases.ts";
import { readContracts } from "./contract/read-contracts.ts";
import { readSourceLines } from "./contract/source-lines.ts";
import { partsOf, type Parts } from "./parts/parts.ts";
import { runConformance, type ConformanceOptions, type ConformanceResult } from "./run-conformance.ts";

export const projectDirectory = join(import.meta.dirname, "../..");
export const contracts = readContracts(projectDirectory);
export const lines = readSourceLines(projectDirectory);

/** Each case of the export is all that the others have left in the register, line by line. */
export const EXPORT = "exportAuditRecords";

const WORKERS = 3;
/** Enough to show what is wrong with an operation that has been broken. */
const CASES = 20;

/** A platform of a suite's own, with the cases for it. */
export interface ConformanceSuite {
  readonly parts: Parts;
  readonly run: (options: Partial<ConformanceOptions>) => Promise<ConformanceResult>;
  readonly stop: () => Promise<void>;
}

export async function startSuite(): Promise<ConformanceSuite> {
  const prepared: PreparedCases = await prepareCases(contracts);
  const platform = await startTestPlatform();
  const parts = await partsOf(projectDirectory, contracts, platform, WORKERS).catch(
    async (error: unknown) => {
      await platform.stop();
      throw error;
    },
  );
  return {
    parts,
    run: (options) =>
      runConformance({
        ...{ prepared, parts, lines, cases: CASES, seed: 1, workers: WORKERS },
        ...{ runsAllPlanned: false, shrinks: 5 },
        ...options,
      }),
    async stop() {
      await parts.close();
      await platform.stop();
    },
  };
}
