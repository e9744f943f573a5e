import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { listFiles } from "../../generator/files.ts";

const project = join(import.meta.dirname, "../..");

/** What is installed or built, and what tools keep: no person writes it. */
const NOT_WORK = new Set([
  ...[
    "node_modules",
    ".git",
    ".build",
    ".local",
    ".local-checkpoints",
    ".venv",
    "coverage",
    ".schemathesis",
    "__pycache__",
  ],
]);

/** A copy of the project in a folder of its own, with the project's packages. */
export function createScratchProject(): { readonly folder: string; readonly remove: () => void } {
  const place = mkdtempSync(join(tmpdir(), "specimen-scratch-"));
  const folder = join(place, "project");
  cpSync(project, folder, { recursive: true, filter: (source) => isWork(source) });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"), "dir");
  return { folder, remove: () => rmSync(place, { recursive: true, force: true }) };
}

/** The hash of every file that a person could have written, or `npm run generate`. */
export function snapshot(folder: string): ReadonlyMap<string, string> {
  const files = listFiles(folder).filter((file) => file.split("/").every(isWork));
  return new Map(
    files.map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex"),
    ]),
  );
}

/** The files that are there in one snapshot only, or differ. */
export function changedFiles(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  return [...files].filter((file) => before.get(file) !== after.get(file)).sort();
}

function isWork(name: string): boolean {
  return !NOT_WORK.has(basename(name));
}
