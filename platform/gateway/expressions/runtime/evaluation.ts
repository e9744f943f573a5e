import type { ExpressionContext } from "../context.ts";
import { LimitExceeded } from "./limit-exceeded.ts";

/** Steps of one evaluation; a step is a loop turn, a call, or 64 characters of text made. */
export const STEP_BUDGET = 2_000_000;
/** Calls within calls (lambdas and local functions) of one evaluation. */
export const CALL_DEPTH = 200;
/** Longest text or array, in characters or items, that one operation may make. */
export const SIZE_LIMIT = 16_000_000;

interface Evaluation {
  readonly context: ExpressionContext;
  steps: number;
  depth: number;
}

// Evaluation is synchronous and never nested in another, so that one variable serves all.
let current: Evaluation | null = null;

/** Runs an evaluation with a fresh budget. */
export function withEvaluation<T>(context: ExpressionContext, run: () => T): T {
  const outer = current;
  current = { context, steps: STEP_BUDGET, depth: CALL_DEPTH };
  try {
    return run();
  } finally {
    current = outer;
  }
}

/** The context of the running evaluation. */
export function currentContext(): ExpressionContext {
  if (current === null)
    throw new LimitExceeded("this value can only be read while an expression is evaluated");
  return current.context;
}

/** Takes steps from the budget of the running evaluation; outside of one (converting a result) it is free. */
export function spend(steps = 1): void {
  if (current === null) return;
  current.steps -= steps;
  if (current.steps < 0) {
    throw new LimitExceeded(`The expression was stopped after ${STEP_BUDGET} steps.`);
  }
}

/** Takes the steps for making a text or array of a size, before it is made. */
export function spendSize(size: number): void {
  checkSize(size);
  spend(Math.ceil(size / 64));
}

/** Refuses a text or array that is too long. */
export function checkSize(size: number): void {
  if (size > SIZE_LIMIT)
    throw new LimitExceeded(`The expression makes a value of more than ${SIZE_LIMIT} items.`);
}

/** Runs one call deeper. */
export function nestedCall<T>(run: () => T): T {
  spend();
  const evaluation = current;
  if (evaluation === null) return run();
  if (evaluation.depth <= 0)
    throw new LimitExceeded(`The expression calls itself more than ${CALL_DEPTH} deep.`);
  evaluation.depth--;
  try {
    return run();
  } finally {
    evaluation.depth++;
  }
}
