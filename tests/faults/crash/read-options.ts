import { parseArgs } from "node:util";
import { FAILPOINTS, type Failpoint } from "../../../runtime/failpoint.ts";
import { OPERATIONS, type Operation } from "./client/make-request.ts";

/** What was asked for on the command line. */
export interface CommandOptions {
  readonly trials: number;
  readonly seed: number;
  /** The number of the first trial. */
  readonly first: number;
  readonly failpoint?: Failpoint | "random";
  readonly operation?: Operation;
}

/** Wrong arguments. Its message says what is expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE =
  "usage: npm run faults:crash [-- --trials N] [--seed S] [--first N] [--failpoint NAME|random] [--operation ID]";

/**
 * @param randomSeed the seed when none is given
 * @throws {UsageError} for an option that is not known or makes no sense
 */
export function readOptions(args: readonly string[], randomSeed: number): CommandOptions {
  const values = parse(args);
  const { failpoint, operation } = values;
  if (failpoint !== undefined && !isFailpoint(failpoint))
    throw new UsageError(`--failpoint is "${failpoint}"; expected random, ${FAILPOINTS.join(", ")}`);
  if (operation !== undefined && !isOperation(operation))
    throw new UsageError(`--operation is "${operation}"; expected one of ${OPERATIONS.join(", ")}`);
  return {
    trials: integer("--trials", values.trials, 1_000, 1),
    seed: integer("--seed", values.seed, randomSeed, 0),
    first: integer("--first", values.first, 0, 0),
    ...(failpoint !== undefined && { failpoint }),
    ...(operation !== undefined && { operation }),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const options = { trials: text, seed: text, first: text, failpoint: text, operation: text };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function isFailpoint(name: string): name is Failpoint | "random" {
  return name === "random" || FAILPOINTS.some((one) => one === name);
}

function isOperation(name: string): name is Operation {
  return OPERATIONS.some((one) => one === name);
}

function integer(name: string, text: string | undefined, otherwise: number, min: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= min && number <= 0x7fffffff) return number;
  throw new UsageError(`${name} is "${text}"; expected a whole number from ${min} on`);
}
