import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { AppSource } from "./build-apps.ts";

/** Written beside a bundle: what it was made of. */
export interface BuildRecord {
  readonly files: readonly string[];
  readonly hash: string;
}

/** True when the bundle is there and everything that it was made of is as it was. */
export function isUpToDate(projectDirectory: string, app: AppSource): boolean {
  if (!existsSync(resolve(projectDirectory, app.bundle))) return false;
  const record = readRecord(recordFile(projectDirectory, app));
  return record ? record.hash === hashOf(projectDirectory, app, record.files) : false;
}

/** Remembers what a bundle was made of. Packages count as their lock file: they change only with it. */
export function recordInputs(projectDirectory: string, app: AppSource, inputs: readonly string[]): void {
  const files = inputs.filter((file) => !file.includes("node_modules/")).sort();
  const record: BuildRecord = { files, hash: hashOf(projectDirectory, app, files) };
  writeFileSync(recordFile(projectDirectory, app), JSON.stringify(record));
}

const BUILDER = ["bundle-app.ts", "build-inputs.ts", "replace-modules.ts"].map((name) =>
  join(import.meta.dirname, name),
);

function hashOf(projectDirectory: string, app: AppSource, files: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(app));
  const others = ["package-lock.json", join("generated", app.hostJson)];
  for (const file of [...others, ...files].map((name) => join(projectDirectory, name)).concat(BUILDER)) {
    hash.update(`\0${file}\0`).update(existsSync(file) ? readFileSync(file) : "absent");
  }
  return hash.digest("hex");
}

function recordFile(projectDirectory: string, app: AppSource): string {
  return join(dirname(resolve(projectDirectory, app.bundle)), "inputs.json");
}

/** Reads what a bundle was made of; `undefined` when nobody has written it down. */
export function readRecord(file: string): BuildRecord | undefined {
  if (!existsSync(file)) return undefined;
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is BuildRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "files" in value &&
    Array.isArray(value.files) &&
    "hash" in value
  );
}
