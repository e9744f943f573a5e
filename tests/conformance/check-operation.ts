import fc from "fast-check";
import type { Draft } from "./cases/draft.ts";
import type { Plan, PlannedCase } from "./cases/plan.ts";
import { checkCase, type CaseChecker } from "./check-case.ts";
import { describeDraft } from "./describe-draft.ts";
import type { Disagreement, Replay } from "./disagreement.ts";

export interface CheckOptions {
  readonly cases: number;
  readonly seed: number;
  /** Whether each planned case is run once before the random ones, not at all for itself, or again and again in their place. */
  readonly planned: "first" | "none" | "only";
  /** How many requests are tried to make a counterexample smaller. */
  readonly shrinks: number;
  /** After so many random cases what the cases left behind is cleared away. */
  readonly clearAfter: number;
  readonly clear: () => Promise<void>;
}

/** A disagreement and the smallest request that was found to show it. */
export interface FoundDisagreement {
  readonly disagreement: Disagreement;
  readonly shape: string;
  readonly replay: Replay;
}

export interface CheckedOperationResult {
  readonly cases: number;
  readonly served: number;
  readonly repeated: number;
  readonly found: readonly FoundDisagreement[];
}

/** An operation that is thoroughly wrong shows itself in many ways: after so many the rest is not looked for. */
const MAX_FOUND = 20;

/**
 * Checks an operation: planned cases, then random ones, several at a time. After a disagreement has been found and made small,
 * the same one is passed over and the search goes on.
 * @param checkers one for each worker, with fixtures of its own
 */
export async function checkOperation(
  plan: Plan,
  checkers: readonly CaseChecker[],
  { cases, seed, planned, shrinks, clearAfter, clear }: CheckOptions,
): Promise<CheckedOperationResult> {
  const search = new Search(shrinks);
  await clear();
  const queue = planned === "none" ? [] : [...plan.cases];
  const times = planned === "only" ? Math.ceil(cases / queue.length) : 1;
  await Promise.all(
    checkers.map(async (checker, worker) => {
      for (let next = queue.shift(); next && !search.isOver; next = queue.shift())
        await search.run(next.drafts, checker, { seed: seed + worker, runs: times, aim: next.aim });
    }),
  );
  const isDone = () => planned === "only" || search.cases >= cases || search.isOver;
  for (let round = 0; !isDone(); round++) {
    if (round > 0) await clear();
    const runs = Math.ceil(Math.min(cases - search.cases, clearAfter) / checkers.length);
    await Promise.all(
      checkers.map((checker, worker) =>
        search.run(plan.any, checker, { seed: seed + worker * 7919 + round * 1_299_709, runs }),
      ),
    );
  }
  return search.result();
}

/** Runs one case again, as a finding says. @throws when there is no such planned case */
export async function replayCase(
  plan: Plan,
  checker: CaseChecker,
  { seed, path, aim }: Replay,
): Promise<CheckedOperationResult> {
  const drafts = aim === undefined ? plan.any : plannedCase(plan, aim).drafts;
  // The way to a small counterexample leads over every larger one.
  const search = new Search(Number.MAX_SAFE_INTEGER);
  await search.run(drafts, checker, { seed, runs: 1, path, ...(aim !== undefined && { aim }) });
  return search.result();
}

function plannedCase({ cases }: Plan, aim: string): PlannedCase {
  const found = cases.find((one) => one.aim === aim);
  if (!found) throw new Error(`there is no planned case "${aim}"`);
  return found;
}

interface Run {
  readonly seed: number;
  readonly runs: number;
  readonly aim?: string;
  /** Only this case, as it is. */
  readonly path?: string;
}

class Search {
  readonly #shrinks: number;
  readonly #found: FoundDisagreement[] = [];
  /** What has been found, or is being made smaller by one of the workers: the others pass it over. */
  readonly #claimed = new Set<string>();
  cases = 0;
  #served = 0;
  #repeated = 0;

  constructor(shrinks: number) {
    this.#shrinks = shrinks;
  }

  get isOver(): boolean {
    return this.#found.length >= MAX_FOUND;
  }

  result(): CheckedOperationResult {
    const { cases } = this;
    return { cases, served: this.#served, repeated: this.#repeated, found: [...this.#found] };
  }

  /** Until so many cases have run, or so many disagreements were found. */
  async run(drafts: fc.Arbitrary<Draft>, checker: CaseChecker, run: Run): Promise<void> {
    let left = run.runs;
    for (let round = 0; left > 0 && !this.isOver; round++) {
      const done = await this.#round(drafts, checker, {
        ...run,
        runs: left,
        seed: run.seed + round * 104_729,
      });
      left = run.path === undefined ? left - done : 0;
    }
  }

  /** @returns how many cases were run, the one that shows a disagreement among them */
  async #round(
    drafts: fc.Arbitrary<Draft>,
    checker: CaseChecker,
    { seed, runs, aim, path }: Run,
  ): Promise<number> {
    let first: string | undefined;
    const property = fc.asyncProperty(fc.limitShrink(drafts, this.#shrinks), async (draft) => {
      const { disagreements, isServed, repeated } = await checkCase(draft, checker);
      if (first === undefined) this.#count(isServed, repeated);
      // While a counterexample is made smaller, only the same disagreement counts.
      const wanted = disagreements.find((one) =>
        first === undefined ? !this.#claimed.has(keyOf(one)) : keyOf(one) === first,
      );
      if (!wanted) return;
      first ??= keyOf(wanted);
      this.#claimed.add(first);
      throw new DisagreementFound(wanted, disagreements);
    });
    const endOnFailure = path !== undefined && { path, endOnFailure: true };
    const details = await fc.check(property, { seed, numRuns: runs, ...endOnFailure });
    const { counterexample, counterexamplePath, errorInstance, numRuns } = details;
    if (!details.failed) return numRuns;
    if (!(errorInstance instanceof DisagreementFound)) throw errorInstance;
    const { operationId } = checker.operation;
    const replay = { operationId, seed, path: counterexamplePath ?? "", ...(aim !== undefined && { aim }) };
    const [draft] = counterexample ?? [];
    this.#keep(errorInstance, { shape: draft ? describeDraft(draft, knownNames(checker)) : "", replay });
    return numRuns;
  }

  /** The disagreement that was looked for, and what else the same request shows. */
  #keep({ wanted, disagreements }: DisagreementFound, seen: Omit<FoundDisagreement, "disagreement">): void {
    this.#found.push({ disagreement: wanted, ...seen });
    for (const disagreement of disagreements) {
      if (this.#claimed.has(keyOf(disagreement))) continue;
      this.#claimed.add(keyOf(disagreement));
      this.#found.push({ disagreement, ...seen });
    }
  }

  #count(isServed: boolean, repeated: number): void {
    this.cases++;
    if (isServed) this.#served++;
    this.#repeated += repeated;
  }
}

class DisagreementFound extends Error {
  readonly wanted: Disagreement;
  /** All that its request shows. */
  readonly disagreements: readonly Disagreement[];

  constructor(wanted: Disagreement, disagreements: readonly Disagreement[]) {
    super(wanted.message);
    this.wanted = wanted;
    this.disagreements = disagreements;
  }
}

function keyOf({ rule, pointer, message }: Disagreement): string {
  return [rule, pointer, message].join("\n");
}

/** Names that the contract has in some place: any other is the sender's. */
function knownNames({ operation }: CaseChecker): (name: string) => boolean {
  const text = JSON.stringify(operation.document);
  return (name) => name !== "" && (text.includes(`"${name}"`) || text.toLowerCase().includes(`"${name}"`));
}
