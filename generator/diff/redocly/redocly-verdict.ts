import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "../../files.ts";
import { highest, type Impact } from "../change.ts";
import { askRedocly, spawnRedocly, type RedoclyReport, type RunRedocly } from "./run-redocly-diff.ts";

/** By the file of each contract that differs, or that refers to a file that does. */
export type RedoclyReports = ReadonlyMap<string, RedoclyReport>;

/**
 * Runs `redocly diff` for the contracts that a change can have reached, all at once.
 * @param base a folder with the contracts before
 * @param head a folder with those after
 * @param run each in a process of its own, without it
 * @throws {Error} when Redocly gave no answer
 */
export async function redoclyReports(
  base: string,
  head: string,
  run: RunRedocly = spawnRedocly,
): Promise<RedoclyReports> {
  const files = changedContracts(base, head);
  const reports = await Promise.all(files.map((file) => askRedocly(file, base, head, run)));
  return new Map(files.map((file, index) => [file, reports[index] ?? { bump: "none", changes: [] }]));
}

/**
 * What `redocly diff` with its recommended rules says alone: the highest bump of all contracts. It knows no policies,
 * products and waivers.
 */
export async function redoclyVerdict(
  base: string,
  head: string,
  run: RunRedocly = spawnRedocly,
): Promise<Impact | "none"> {
  return bumpOf(await redoclyReports(base, head, run));
}

/** The highest bump of some reports. */
export function bumpOf(reports: RedoclyReports): Impact | "none" {
  return highest([...reports.values()].map(({ bump }) => bump));
}

/** The contracts that both sides have and that are not the same; all of those when a shared file is not. */
function changedContracts(base: string, head: string): string[] {
  const [before, after] = [textsOf(base), textsOf(head)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  const isShared = changed.some((file) => file.includes("/"));
  return [...after.keys()]
    .filter((file) => /^[a-z][a-z0-9-]*\.yaml$/.test(file) && file !== "waivers.yaml" && before.has(file))
    .filter((file) => isShared || changed.includes(file))
    .map((file) => `openapi/${file}`);
}

function textsOf(folder: string): Map<string, string> {
  const root = join(folder, "openapi");
  return new Map(listFiles(root).map((file) => [file, readFileSync(join(root, file), "utf8")]));
}
