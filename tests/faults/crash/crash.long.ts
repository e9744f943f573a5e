import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { FAILPOINTS } from "../../../runtime/failpoint.ts";
import { buildTestApps, type TestApps } from "../failpoints/build-test-apps.ts";
import { runRound } from "./run-round.ts";
import { FAILPOINT_KINDS } from "./trials/kinds.ts";
import { isRandom, nameOf, planTrials, type Trial } from "./trials/plan-trials.ts";

/** A short form of `npm run faults:crash`: each failpoint once, in each app that comes by it. */
describe("kill -9", () => {
  let directory: string;
  let builds: TestApps;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "specimen-crash-"));
    builds = await buildTestApps(join(directory, "build"));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("at every failpoint: no access without its record, no record without its access, no write lost", async () => {
    const kinds = FAILPOINT_KINDS.filter(({ victim }) => victim === undefined);
    const reached = new Set<string>();
    const missed: string[] = [];
    const { findings, last } = await runRound({
      ...{ builds, directory: join(directory, "round"), interruptedAfterMs: 2_500, checkEvery: kinds.length },
      // A busy machine must not make the register look away: which failpoints are reached is part of what is shown.
      auditTimeoutMs: 2_000,
      trials: planTrials({ trials: kinds.length, seed: 1, plain: true }),
      onTrial: ({ kind }: Trial, killed) => {
        if (isRandom(kind) || !killed) missed.push(nameOf(kind));
        else reached.add(kind.failpoint);
      },
    });
    expect(findings).toEqual([]);
    expect(missed).toEqual([]);
    expect([...reached].sort()).toEqual([...FAILPOINTS].sort());
    expect(last.requests).toBeGreaterThan(kinds.length);
    expect(last.unknown).toBeGreaterThan(0);
  }, 120_000);
});
