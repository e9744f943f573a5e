import { parseArgs } from "node:util";
import { isReportFormat, type ReportFormat } from "../../generator/report/report-findings.ts";
import type { Replay } from "./disagreement.ts";

/** What was asked for on the command line. */
export interface CommandOptions {
  readonly cases: number;
  readonly seed: number;
  readonly workers: number;
  readonly format: ReportFormat;
  readonly operations?: readonly string[];
  /** Only the planned cases whose names begin so. */
  readonly aim?: string;
  readonly replay?: Replay;
}

/** Wrong arguments. Its message says what is expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE =
  "usage: npm run conformance [-- --cases N] [--seed S] [--operation ID]... [--workers N] [--format text|github|sarif]\n" +
  "       npm run conformance -- --operation ID --aim CASE       only the planned cases whose names begin so\n" +
  "       npm run conformance -- --operation ID --seed S --path P [--aim CASE]   one case again, as a finding says";

/**
 * @param randomSeed the seed when none is given
 * @throws {UsageError} for an option that is not known or makes no sense
 */
export function readOptions(args: readonly string[], randomSeed: number): CommandOptions {
  const values = parse(args);
  const seed = integer("--seed", values.seed, randomSeed, 0);
  const [operation, ...more] = values.operation ?? [];
  const format = values.format ?? "text";
  if (!isReportFormat(format))
    throw new UsageError(`--format is "${format}"; expected text, github or sarif`);
  if (values.aim !== undefined && operation === undefined)
    throw new UsageError("--aim goes with --operation");
  if (values.path !== undefined && (operation === undefined || more.length > 0 || values.seed === undefined))
    throw new UsageError("--path goes with one --operation and its --seed");
  return {
    cases: integer("--cases", values.cases, 1_000, 1),
    workers: integer("--workers", values.workers, 32, 1),
    seed,
    format,
    ...(operation !== undefined && { operations: [operation, ...more] }),
    ...(values.path === undefined && values.aim !== undefined && { aim: values.aim }),
    ...(values.path !== undefined &&
      operation !== undefined && {
        replay: {
          operationId: operation,
          seed,
          path: values.path,
          ...(values.aim !== undefined && { aim: values.aim }),
        },
      }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        cases: { type: "string" },
        seed: { type: "string" },
        workers: { type: "string" },
        format: { type: "string" },
        operation: { type: "string", multiple: true },
        path: { type: "string" },
        aim: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(name: string, text: string | undefined, otherwise: number, min: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= min && number <= 0x7fffffff) return number;
  throw new UsageError(`${name} is "${text}"; expected a whole number from ${min} on`);
}
