import { ContractError } from "../finding.ts";
import { BaseError } from "./base/git.ts";
import { judgeSides, type ChangeReport } from "./judge-sides.ts";
import { redoclyReports } from "./redocly/redocly-verdict.ts";
import type { RunRedocly } from "./redocly/run-redocly-diff.ts";
import { readSide, type Side } from "./sides/read-side.ts";

/** Two folders, each with the sources of contracts. */
export interface Folders {
  readonly base: string;
  readonly head: string;
  /** What the base is called in messages. */
  readonly baseName: string;
  readonly today: Date;
  /** How Redocly is asked: in a process of its own, without it. */
  readonly redocly?: RunRedocly | undefined;
}

/**
 * Judges what became of the contracts of one folder in another.
 * @throws {ContractError} when those of the head cannot be read
 * @throws {BaseError} when those of the base cannot
 */
export async function judgeFolders({ base, head, baseName, today, redocly }: Folders): Promise<ChangeReport> {
  // Redocly takes its time in processes of its own, while this one reads both sides.
  const reports = redoclyReports(base, head, redocly);
  reports.catch(() => undefined);
  const sides = { head: readSide(head), base: readBase(base, baseName) };
  return judgeSides(sides, reports, today);
}

function readBase(folder: string, name: string): Side {
  try {
    return readSide(folder);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    throw new BaseError(
      `the contracts of ${name} cannot be read, so there is nothing to compare with:\n${error.message}`,
    );
  }
}
