import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isList, isObject, listAt, stringAt, type Json, type JsonObject } from "../../load/json.ts";
import type { Impact } from "../change.ts";

/** One change as `redocly diff --format json` lists it. */
export interface RedoclyChange {
  /** Of the changed node, by the paths that lead to it first. */
  readonly path: string;
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly impact: Impact;
  /** What its rules say, when one of them does. */
  readonly messages: readonly string[];
  readonly ruleIds: readonly string[];
  readonly property: string | undefined;
  readonly base: RedoclyPlace | undefined;
  readonly head: RedoclyPlace | undefined;
}

export interface RedoclyPlace {
  /** `openapi/patient.yaml`. */
  readonly file: string;
  readonly pointer: string;
}

/** What Redocly alone says of one API. */
export interface RedoclyReport {
  readonly bump: Impact | "none";
  readonly changes: readonly RedoclyChange[];
}

const COMMAND = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin/cli.js",
);

/** Redocly's own rules for changes, whatever the repository lints with. */
const CONFIG = "extends:\n  - diff-recommended\n";

/** In bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * Gives what `redocly diff <base> <head> --format json --fail-on none` prints, with the recommended rules for changes.
 * @throws {Error} with what Redocly said when it printed no report
 */
export type RunRedocly = (baseFile: string, headFile: string) => Promise<string>;

/**
 * Asks Redocly about one file of both sides.
 * @param file relative to both folders
 * @throws {Error} with what Redocly said when it gave no answer
 */
export async function askRedocly(
  file: string,
  base: string,
  head: string,
  run: RunRedocly,
): Promise<RedoclyReport> {
  const printed = await run(join(base, file), join(head, file));
  const report = readReport(printed);
  if (!report) throw new Error(`redocly diff gave no answer for ${file}:\n${printed.trim()}`);
  return report;
}

/** Runs Redocly in a process of its own. */
export const spawnRedocly: RunRedocly = (baseFile, headFile) => {
  const folder = mkdtempSync(join(tmpdir(), "specimen-redocly-"));
  const config = join(folder, "redocly.yaml");
  writeFileSync(config, CONFIG);
  const args = [
    COMMAND,
    "diff",
    baseFile,
    headFile,
    "--config",
    config,
    "--format",
    "json",
    "--fail-on",
    "none",
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { maxBuffer: MAX_OUTPUT, env: offline() }, (_error, stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      resolve(stdout.trim() === "" ? stderr : stdout);
    });
  });
};

function offline(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    NO_COLOR: "1",
    NODE_NO_WARNINGS: "1",
  };
}

function readReport(stdout: string): RedoclyReport | undefined {
  try {
    const report: unknown = JSON.parse(stdout);
    if (!isObject(report) || !isList(report.changes)) return undefined;
    return {
      bump: impactAt(report, "bump") ?? "none",
      changes: report.changes.filter(isObject).map(readChange),
    };
  } catch {
    return undefined;
  }
}

function readChange(change: JsonObject): RedoclyChange {
  const verdicts = listAt(change, "verdicts").filter(isObject);
  const kind = stringAt(change, "kind");
  return {
    path: stringAt(change, "path") ?? "#/",
    typeName: stringAt(change, "typeName") ?? "",
    kind: kind === "added" || kind === "removed" ? kind : "modified",
    impact: impactAt(change, "impact") ?? "major",
    messages: verdicts.flatMap((verdict) => stringAt(verdict, "message") ?? []),
    ruleIds: verdicts.flatMap((verdict) => stringAt(verdict, "ruleId") ?? []),
    property: stringAt(change, "property"),
    base: readPlace(change.base),
    head: readPlace(change.revision),
  };
}

function readPlace(place: Json | undefined): RedoclyPlace | undefined {
  if (!isObject(place)) return undefined;
  return { file: fileOf(stringAt(place, "file") ?? ""), pointer: stringAt(place, "pointer") ?? "#/" };
}

/** Redocly names files relative to the folder that it runs in, wherever that is. */
function fileOf(path: string): string {
  const name = path.replaceAll("\\", "/");
  return name.slice(Math.max(0, name.lastIndexOf("openapi/")));
}

function impactAt(node: JsonObject, key: string): Impact | undefined {
  const value = node[key];
  return value === "major" || value === "minor" || value === "patch" ? value : undefined;
}
