import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { buildTestApps, type TestApps } from "../failpoints/build-test-apps.ts";
import type { Finding } from "./checker/finding.ts";
import { readOptions, USAGE, UsageError, type CommandOptions } from "./read-options.ts";
import { removeRound, runRound } from "./run-round.ts";
import { Tally } from "./tally.ts";
import { planTrials, type Trial } from "./trials/plan-trials.ts";

/** Where a command writes to, a line at a time. */
export interface Terminal {
  readonly print: (text: string) => void;
  /** For progress, and what goes wrong. */
  readonly fail: (text: string) => void;
}

/** Trials on one pair of databases, and trials between two checks. */
const ROUND = 500;
const CHECK_EVERY = 125;
/** Longer than any access takes on a busy machine, and short enough to wait for. In milliseconds. */
const INTERRUPTED_AFTER_MS = 4_000;
const PROGRESS_EVERY = 50;

/** @returns the exit code: 1 when something was found, 2 for wrong arguments */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "specimen-crash-"));
  try {
    const options = readOptions(args, Date.now() % 1_000_000);
    terminal.fail(`seed ${options.seed}, in ${directory}`);
    const builds = await buildTestApps(join(directory, "build"));
    const tally = await runRounds(builds, directory, options, terminal);
    terminal.print(tally.toString());
    if (tally.findings > 0) return 1;
    rmSync(directory, { recursive: true, force: true });
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.fail(`${error.message}\n${USAGE}`);
    return 2;
  }
}

async function runRounds(
  builds: TestApps,
  directory: string,
  options: CommandOptions,
  terminal: Terminal,
): Promise<Tally> {
  const tally = new Tally();
  const trials = planTrials({ ...options, trials: options.first + options.trials });
  for (let skipped = 0; skipped < options.first; skipped++) trials.next();
  for (let round = 0; tally.trials < options.trials; round++) {
    const start = performance.now();
    const roundOptions = {
      ...{ builds, checkEvery: CHECK_EVERY, interruptedAfterMs: INTERRUPTED_AFTER_MS },
      directory: join(directory, `round-${round}`),
      trials: take(trials, Math.min(ROUND, options.trials - tally.trials)),
      onTrial: (trial: Trial, killed: boolean) => {
        tally.trial(trial, killed);
        if (tally.trials % PROGRESS_EVERY === 0) terminal.fail(progress(tally, options));
      },
    };
    const { findings, last } = await runRound(roundOptions);
    tally.round(last);
    for (const finding of findings) {
      tally.finding(finding);
      terminal.print(describe(finding, options, roundOptions.directory));
    }
    if (findings.length === 0) removeRound(roundOptions);
    terminal.fail(`round ${round}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  return tally;
}

/** Unlike a loop, it does not end what it takes from. */
function* take(trials: Generator<Trial>, count: number): Generator<Trial> {
  for (let taken = 0; taken < count; taken++) {
    const { value, done } = trials.next();
    if (done === true) return;
    yield value;
  }
}

function progress({ trials, findings }: Tally, options: CommandOptions): string {
  const load = loadavg().map((one) => one.toFixed(1));
  return `${trials} of ${options.trials} trials, ${findings} findings, load ${load.join(" ")}`;
}

function describe({ rule, trial, message }: Finding, { seed }: CommandOptions, directory: string): string {
  const again = trial === undefined ? "" : `; again: --seed ${seed} --first ${trial} --trials 1`;
  return `${rule}  trial ${trial ?? "unknown"}  ${message}  (seed ${seed}${again}; history and databases in ${directory})`;
}
