import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestPlatform } from "../support/start-test-platform.ts";
import { withBrokenApp } from "./broken-parts.ts";
import { prepareCases, type PreparedCases } from "./cases/prepare-cases.ts";
import { readContracts } from "./contract/read-contracts.ts";
import { readSourceLines } from "./contract/source-lines.ts";
import { partsOf, type Parts } from "./parts/parts.ts";
import { runConformance } from "./run-conformance.ts";

const projectDirectory = join(import.meta.dirname, "../..");
const contracts = readContracts(projectDirectory);
const WORKERS = 3;

/** What ends that which was started, the last of it first. */
const stops: (() => Promise<void>)[] = [];
let parts: Parts;
let prepared: PreparedCases;

beforeAll(async () => {
  prepared = await prepareCases(contracts);
  const platform = await startTestPlatform();
  stops.unshift(() => platform.stop());
  parts = await partsOf(projectDirectory, contracts, platform, WORKERS);
  stops.unshift(() => parts.close());
}, 60_000);

afterAll(async () => {
  for (const stop of stops) await stop();
});

/** `broken-parts.long.ts` breaks exports in ways that are found sooner. */
describe("a broken export is found", () => {
  it.each<[string, (text: string) => string, string]>([
    ["that lacks its end", (text) => text.replace(/[^\n]*\n$/, ""), "conformance/handler-validator"],
    ["that has a line twice", (text) => text.replace(/^.*\n/, "$&$&"), "conformance/gateway-handler"],
  ])(
    "%s",
    async (_, alter, rule) => {
      const { findings } = await runConformance({
        ...{ prepared, lines: readSourceLines(projectDirectory), cases: 20, seed: 1, workers: WORKERS },
        ...{ runsAllPlanned: false, shrinks: 0, operations: ["exportAuditRecords"] },
        parts: withBrokenApp(parts, (answer) =>
          answer.status === 200 ? { ...answer, text: alter(answer.text) } : answer,
        ),
      });
      expect(findings.map((finding) => finding.rule)).toContain(rule);
    },
    120_000,
  );
});
