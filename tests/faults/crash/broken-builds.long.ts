import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildTestApps } from "../failpoints/build-test-apps.ts";
import { BROKEN_BUILDS } from "./broken-builds.ts";
import { runRound } from "./run-round.ts";
import { planTrials } from "./trials/plan-trials.ts";

const TRIALS = 3;

/** That the crash harness can fail: each way in which the product could be broken is found out, and called what it is. */
describe("a broken product is found out:", () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "specimen-broken-"));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each(BROKEN_BUILDS)(
    "$name",
    async ({ name, edits, failpoint, operation, pass = 1, rule }) => {
      const folder = join(directory, name.replaceAll(" ", "-"));
      const builds = await buildTestApps(join(folder, "build"), edits);
      const plan = planTrials({ trials: TRIALS, seed: 1, plain: true, failpoint, operation });
      const { findings } = await runRound({
        ...{ builds, directory: join(folder, "round"), interruptedAfterMs: 1_500, checkEvery: TRIALS },
        trials: Array.from(plan, (trial) => ({ ...trial, pass })),
      });
      expect(findings.map((one) => one.rule)).toContain(rule);
    },
    120_000,
  );
});
