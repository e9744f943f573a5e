import { withBase } from "./base/with-base.ts";
import { judgeFolders } from "./judge-folders.ts";
import type { RunRedocly } from "./redocly/run-redocly-diff.ts";
import type { ChangeReport } from "./judge-sides.ts";

export type { ChangeReport } from "./judge-sides.ts";

/**
 * Judges what became of the partner contract since a git reference: the specifications, the policies bound to them and the
 * values of production. Reads the working tree as it is.
 * @param change.base a branch, a tag or a commit
 * @param change.today decides which waivers hold
 * @param change.redocly how Redocly is asked: in a process of its own for each contract, without it
 * @throws {ContractError} when the contracts of the working tree cannot be read
 * @throws {BaseError} when those of the reference cannot: no such commit, no repository, no git, no contracts
 */
export function judgeChange({
  projectDirectory,
  base,
  today,
  redocly,
}: {
  readonly projectDirectory: string;
  readonly base: string;
  readonly today: Date;
  readonly redocly?: RunRedocly;
}): Promise<ChangeReport> {
  return withBase(projectDirectory, base, (folder) =>
    judgeFolders({ base: folder, head: projectDirectory, baseName: base, today, redocly }),
  );
}
