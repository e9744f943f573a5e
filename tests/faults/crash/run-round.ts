import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { checkWorld, type Checked } from "./checker/check-world.ts";
import type { Finding } from "./checker/finding.ts";
import { Client } from "./client/client.ts";
import { History } from "./client/history.ts";
import { startWorld, type World, type WorldOptions } from "./parts/start-world.ts";
import type { Trial } from "./trials/plan-trials.ts";
import { runTrial } from "./trials/run-trial.ts";
import { settle } from "./trials/settle.ts";

/** Its directory is made; {@link removeRound} removes it. */
export interface RoundOptions extends WorldOptions {
  readonly trials: Iterable<Trial>;
  /** How many trials there are between two checks. */
  readonly checkEvery: number;
  readonly onTrial?: (trial: Trial, killed: boolean) => void;
  readonly onCheck?: (checked: Checked) => void;
}

export interface RoundResult {
  readonly findings: readonly Finding[];
  /** Of the last check, which has seen everything. */
  readonly last: Checked;
}

/** Runs trials on one pair of databases. What was found ends the round: nothing that comes later can be judged. */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const { directory } = options;
  mkdirSync(directory, { recursive: true });
  const world = await startWorld(options);
  const history = new History(join(directory, "history.ndjson"));
  try {
    const last = await runTrials(world, history, options);
    return { findings: last.findings, last };
  } finally {
    history.close();
    await world.stop();
  }
}

/** Removes what a round has left. */
export function removeRound({ directory }: Pick<RoundOptions, "directory">): void {
  rmSync(directory, { recursive: true, force: true });
}

async function runTrials(world: World, history: History, options: RoundOptions): Promise<Checked> {
  const { trials, checkEvery, onTrial, onCheck } = options;
  const { patient, audit } = world.apps;
  const client = new Client({
    apps: {
      patient: { url: patient.url, key: world.patientKey },
      audit: { url: audit.url, key: world.auditKey },
    },
    history,
  });
  const saved: Checkpoint[] = [];
  const check = async (): Promise<Checked> => {
    await settle(world);
    const checked = await checkWorld(world, history, saved);
    if (checked.checkpoint) saved.push(checked.checkpoint);
    onCheck?.(checked);
    return checked;
  };
  let unchecked = 0;
  let checked: Checked | undefined;
  for (const trial of trials) {
    const killed = await runTrial(world, client, trial);
    onTrial?.(trial, killed);
    unchecked += 1;
    if (unchecked < checkEvery) continue;
    unchecked = 0;
    checked = await check();
    if (checked.findings.length > 0) return checked;
  }
  return unchecked === 0 && checked ? checked : check();
}
