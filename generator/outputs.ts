import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OutputFile } from "./emit/output.ts";
import { listFiles } from "./files.ts";

/** How the files of a folder differ from what was generated. Paths are relative to the folder. */
export interface Drift {
  /** Different content. */
  readonly stale: readonly string[];
  readonly missing: readonly string[];
  /** Generated from nothing. */
  readonly extra: readonly string[];
}

/** Compares a folder with what it should hold. */
export function compareOutputs(folder: string, outputs: readonly OutputFile[]): Drift {
  const present = new Set(listFiles(folder));
  const expected = new Set(outputs.map(({ path }) => path));
  return {
    stale: outputs
      .filter(({ path, content }) => present.has(path) && read(folder, path) !== content)
      .map(({ path }) => path),
    missing: [...expected].filter((path) => !present.has(path)),
    extra: [...present].filter((path) => !expected.has(path)),
  };
}

export function hasDrift({ stale, missing, extra }: Drift): boolean {
  return stale.length + missing.length + extra.length > 0;
}

/** Makes a folder hold exactly what was generated; a file that is right already is not touched. */
export function writeOutputs(folder: string, outputs: readonly OutputFile[]): Drift {
  const drift = compareOutputs(folder, outputs);
  const changed = new Set([...drift.stale, ...drift.missing]);
  for (const { path, content } of outputs.filter(({ path }) => changed.has(path))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  for (const path of drift.extra) rmSync(join(folder, path));
  return drift;
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}
