import type { Finding } from "../../generator/finding.ts";
import type { PreparedCases } from "./cases/prepare-cases.ts";
import { limitPlan } from "./cases/plan.ts";
import type { CaseChecker } from "./check-case.ts";
import { checkOperation, replayCase, type CheckedOperationResult } from "./check-operation.ts";
import { isStreamed, type CheckedOperation } from "./contract/operation.ts";
import type { PublishedContract } from "./contract/read-contracts.ts";
import type { SourceLines } from "./contract/source-lines.ts";
import { Coverage } from "./coverage/coverage.ts";
import type { OperationFigures } from "./coverage/coverage-table.ts";
import { toFinding, type Replay } from "./disagreement.ts";
import { FixtureMaker } from "./fixtures/fixture-maker.ts";
import { TwinKeeper } from "./fixtures/twins.ts";
import type { Parts } from "./parts/parts.ts";

export interface ConformanceOptions {
  readonly prepared: PreparedCases;
  readonly parts: Parts;
  readonly lines: SourceLines;
  /** For each operation. */
  readonly cases: number;
  /** Whether each planned case is run at least once, however few cases are asked for: else coverage is no more than chance. */
  readonly runsAllPlanned: boolean;
  readonly seed: number;
  /** How many cases are under way at once. */
  readonly workers: number;
  /** How many requests are tried to make a counterexample smaller; 200 when absent. */
  readonly shrinks?: number;
  /** Only these; all when absent. */
  readonly operations?: readonly string[];
  /** Only the planned cases whose names begin so. */
  readonly aim?: string;
  /** One case, to be run again as a finding says. */
  readonly replay?: Replay;
  /** Told of each operation when it is done. */
  readonly progress?: (figures: OperationFigures) => void;
}

export interface ConformanceResult {
  readonly findings: readonly Finding[];
  readonly operations: readonly OperationFigures[];
  /** How often a busy platform was asked again. */
  readonly repeated: number;
}

/** Runs generated cases of every operation through validators, apps and gateway, one operation after the other. */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceResult> {
  const findings: Finding[] = [];
  const operations: OperationFigures[] = [];
  let repeated = 0;
  for (const contract of options.prepared.contracts) {
    const bench = new Bench(contract, options);
    for (const operation of inOrder(contract.operations).filter((one) => isAsked(one, options))) {
      const startedAt = performance.now();
      const coverage = new Coverage(operation);
      const result = await bench.check(operation, coverage);
      const seconds = (performance.now() - startedAt) / 1000;
      findings.push(...bench.findings(operation, result, coverage));
      repeated += result.repeated;
      const figures = figuresOf(operation, result, coverage, seconds);
      operations.push(figures);
      options.progress?.(figures);
    }
  }
  return { findings, operations, repeated };
}

function isAsked({ operationId }: CheckedOperation, { operations, replay }: ConformanceOptions): boolean {
  if (replay) return operationId === replay.operationId;
  return operations?.includes(operationId) ?? true;
}

/**
 * Reading first: while nothing is written, an app and the gateway find the same, and lists are short. What is streamed before
 * all else: it is everything that the cases so far have left.
 */
function inOrder(operations: readonly CheckedOperation[]): CheckedOperation[] {
  const rank = ({ onlyReads, method }: CheckedOperation) =>
    onlyReads ? 0 : ["PUT", "PATCH", "DELETE", "POST"].indexOf(method) + 1;
  const isBuffered = ({ responses }: CheckedOperation) =>
    Number(![...responses.values()].some(({ contents }) => contents.some(isStreamed)));
  const depth = ({ path }: CheckedOperation) => path.split("{").length;
  return [...operations].sort(
    (one, other) =>
      isBuffered(one) - isBuffered(other) || rank(one) - rank(other) || depth(one) - depth(other),
  );
}

function figuresOf(
  { operationId }: CheckedOperation,
  { cases, served, found }: CheckedOperationResult,
  coverage: Coverage,
  seconds: number,
): OperationFigures {
  return { operationId, cases, served, seconds, disagreements: found.length, coverage };
}

/** Whether an operation reads whatever there is. */
function isOfAll({ onlyReads, path }: CheckedOperation): boolean {
  return onlyReads && !path.includes("{");
}

/** Each case leaves records in the register, and a list of all reads through them. */
const CLEAR_AFTER = 500;

/** What the operations of one contract are checked with. */
class Bench {
  readonly #options: ConformanceOptions;
  readonly #maker: FixtureMaker;
  readonly #operations: readonly CheckedOperation[];

  constructor({ api, operations }: PublishedContract, options: ConformanceOptions) {
    this.#operations = operations;
    this.#options = options;
    this.#maker = new FixtureMaker(operations, options.prepared.values(api), options.parts.app(api));
  }

  async check(operation: CheckedOperation, coverage: Coverage): Promise<CheckedOperationResult> {
    const { prepared, replay, aim, seed, cases, workers, runsAllPlanned, shrinks = 200 } = this.#options;
    const plan = prepared.plan(operation);
    const checkers = Array.from({ length: workers }, (_, worker) =>
      this.#checker(operation, coverage, worker),
    );
    if (replay) {
      await this.#clear(operation);
      return replayCase(plan, this.#checker(operation, coverage, 0), replay);
    }
    const planned = aim !== undefined ? "only" : runsAllPlanned ? "first" : "none";
    return checkOperation(aim === undefined ? plan : limitPlan(plan, aim), checkers, {
      cases,
      seed,
      planned,
      shrinks,
      clearAfter: isOfAll(operation) ? CLEAR_AFTER : Number.MAX_SAFE_INTEGER,
      clear: () => this.#clear(operation),
    });
  }

  findings(operation: CheckedOperation, { found }: CheckedOperationResult, coverage: Coverage): Finding[] {
    const { lines, replay, runsAllPlanned, aim } = this.#options;
    const gaps = runsAllPlanned && aim === undefined && !replay ? coverage.gaps() : [];
    return [
      ...found.map(({ disagreement, ...counterexample }) =>
        toFinding(disagreement, operation, lines, counterexample),
      ),
      ...gaps.map((gap) => toFinding(gap, operation, lines)),
    ];
  }

  /** A list of everything shall neither be empty nor grow without end. */
  async #clear(operation: CheckedOperation): Promise<void> {
    await this.#options.parts.clearRegister();
    if (isOfAll(operation)) await this.#maker.stock();
  }

  #checker(operation: CheckedOperation, coverage: Coverage, worker: number): CaseChecker {
    const { prepared, parts } = this.#options;
    const twins = new TwinKeeper(this.#maker, operation, 1_000_000 * (worker + 1));
    return { operation, siblings: this.#operations, coverage, twins, oracle: prepared.oracle, parts };
  }
}
