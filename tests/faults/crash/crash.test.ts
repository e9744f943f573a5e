import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildTestApps, type TestApps } from "../failpoints/build-test-apps.ts";
import { runRound } from "./run-round.ts";
import { isRandom, nameOf, planTrials, type Trial } from "./trials/plan-trials.ts";

/** The shortest form of `npm run faults:crash`: the failpoints of a request. `crash.long.ts` takes all. */
const TRIALS = 8;

describe("kill -9", () => {
  let directory: string;
  let builds: TestApps;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "specimen-crash-"));
    builds = await buildTestApps(join(directory, "build"));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("in the middle of requests: no access without its record, no record without its access, no write lost", async () => {
    const missed: string[] = [];
    const { findings, last } = await runRound({
      ...{ builds, directory: join(directory, "round"), interruptedAfterMs: 1_500, checkEvery: TRIALS },
      // A busy machine must not make the register look away: which failpoints are reached is part of what is shown.
      auditTimeoutMs: 2_000,
      trials: planTrials({ trials: TRIALS, seed: 1, plain: true }),
      onTrial: ({ kind }: Trial, killed) => {
        if (isRandom(kind) || !killed) missed.push(nameOf(kind));
      },
    });
    expect(findings).toEqual([]);
    expect(missed).toEqual([]);
    expect(last.requests).toBeGreaterThan(TRIALS);
  }, 120_000);
});
