import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "../files.ts";
import { errorCode } from "./error-code.ts";
import { hashOf } from "./hash-of.ts";

/** Hashes of files by their names, in the order of the names. */
export type Hashes = Readonly<Record<string, string>>;

/**
 * The hash of every file below some folders of a place; `openapi/patient.yaml` is a name. What editors put beside a file while
 * they hold it (`.patient.yaml.swp`, `patient.yaml~`) is left out, and so is a file that goes away meanwhile.
 */
export function hashFiles(place: string, folders: readonly string[]): Hashes {
  const names = folders.flatMap((folder) =>
    listFiles(join(place, folder)).map((file) => `${folder}/${file}`),
  );
  const hashes = names.filter(isKept).flatMap((name): [string, string][] => {
    const hash = hashFile(join(place, name));
    return hash === undefined ? [] : [[name, hash]];
  });
  return Object.fromEntries(hashes);
}

function isKept(name: string): boolean {
  return !/(^|\/)\.[^/]*$|~$/.test(name);
}

function hashFile(file: string): string | undefined {
  try {
    return hashOf(readFileSync(file));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The names whose hashes differ, in order: changed, there alone or here alone. */
export function changedNames(before: Hashes, after: Hashes): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}
