import type { LedgerServer } from "../../integration/ledger/ledger-fixture.ts";
import { exportLines } from "./export-lines.ts";
import { judgeTrial, type Outcome, type TrialResult } from "./judge-trial.ts";
import type { Judge } from "./judge-export.ts";
import { MUTATIONS } from "./mutations/all-mutations.ts";
import type { Attack, Mutation } from "./mutations/mutation.ts";
import { NothingToPickError, seededRandom, type Random } from "./random.ts";
import { writeDifference } from "./snapshot.ts";
import { buildTarget, type Target } from "./target.ts";

export interface TrialOptions {
  readonly server: LedgerServer;
  /** How many mutations that change the export, all kinds in turn. */
  readonly trials: number;
  readonly seed: number;
  readonly judge: Judge;
  readonly mutations?: readonly Mutation[];
  /** Ledgers that are attacked at once. Default: 8 */
  readonly workers?: number;
  readonly onTrial?: (done: number) => void;
}

/** How often each outcome came, by kind of mutation, and examples of what must not be. */
export interface Tally {
  readonly counts: ReadonlyMap<string, ReadonlyMap<Outcome, number>>;
  readonly failures: readonly string[];
}

/** How many attacks one ledger is put to. Each begins with the honest documents. */
const TRIALS_PER_TARGET = 200;
const MAX_TRIES = 200;
const BAD: ReadonlySet<Outcome> = new Set(["missed", "misplaced", "crashed"]);

/** Tampers with real ledgers, one mutation at a time, and has each export judged. */
export async function runTrials(options: TrialOptions): Promise<Tally> {
  const { trials, mutations = MUTATIONS, workers = 8, onTrial } = options;
  const counts = new Map(mutations.map(({ kind }) => [kind, new Map<Outcome, number>()]));
  const failures: string[] = [];
  let [begun, done] = [0, 0];
  const work = async (worker: number): Promise<void> => {
    const random = seededRandom(options.seed * 1_000 + worker);
    let target: Target | undefined;
    for (let own = 0; begun < trials; own += 1) {
      const mutation = mutations[begun % mutations.length];
      begun += 1;
      if (!mutation) return;
      if (!target || own % TRIALS_PER_TARGET === 0) target = await buildTarget(options.server, random);
      const { outcome, detail } = await runTrial(target, mutation, random, options.judge);
      const ofKind = counts.get(mutation.kind);
      ofKind?.set(outcome, (ofKind.get(outcome) ?? 0) + 1);
      if (BAD.has(outcome)) failures.push(`${mutation.kind}: ${outcome} ${detail}`);
      done += 1;
      onTrial?.(done);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { counts, failures };
}

/** One mutation that changes what is exported. What changes nothing, or cannot be done to this ledger, is tried again. */
async function runTrial(
  target: Target,
  mutation: Mutation,
  random: Random,
  judge: Judge,
): Promise<TrialResult> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const saved = random.pick(target.checkpoints);
    const snapshot = structuredClone(target.snapshot);
    if (!(await canApply(mutation, { random, snapshot, signer: target.signer, saved }))) continue;
    await writeDifference(target.db, target.snapshot, snapshot);
    const exported = await exportLines(target.db);
    await writeDifference(target.db, snapshot, target.snapshot);
    const keys = target.signer.keys.slice(0, 1);
    const result = judgeTrial(target.lines, exported, { keys, saved: [saved] }, judge);
    if (result.outcome !== "unchanged") return result;
  }
  throw new Error(`${mutation.kind} changes nothing`);
}

async function canApply(mutation: Mutation, attack: Attack): Promise<boolean> {
  try {
    return await mutation.apply(attack);
  } catch (error) {
    if (error instanceof NothingToPickError) return false;
    throw error;
  }
}
