import { CommandError } from "../errors.ts";
import type { Document } from "../values/document.ts";

/** The most statements in one command. */
export const maxWriteBatchSize = 100_000;

/** How the statements of a write command went. */
export interface StatementResults {
  readonly succeeded: number;
  /** `{writeErrors: [...]}` when there were any. */
  readonly answer: Document;
}

/**
 * Runs the statements of an insert, update or delete one by one; a refusal becomes an entry of `writeErrors`,
 * and ends an ordered command.
 *
 * @throws {CommandError} `InvalidOptions` for no statements or more than 100,000
 */
export function runStatements<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): StatementResults {
  if (statements.length === 0 || statements.length > maxWriteBatchSize) {
    throw new CommandError("InvalidOptions", `Write batch sizes must be between 1 and ${maxWriteBatchSize}`);
  }
  let succeeded = 0;
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    const refusal = attempt(() => run(statement, index));
    if (!refusal) succeeded++;
    else writeErrors.push({ index, code: refusal.code, errmsg: refusal.message, ...refusal.details });
    if (refusal && ordered) break;
  }
  return { succeeded, answer: writeErrors.length > 0 ? { writeErrors } : {} };
}

function attempt(run: () => void): CommandError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}
