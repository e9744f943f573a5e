import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { buildApps } from "../../../generator/build/build-apps.ts";

/** A change of the product's text, to see what a test makes of it. */
export interface Edit {
  /** Relative to the project. */
  readonly file: string;
  /** What is there, once. */
  readonly from: string;
  readonly to: string;
}

/** Apps whose failpoints kill, and a host that runs them. */
export interface TestApps {
  /** The bundle of an API's app; its `host.json` is beside it. */
  readonly bundle: (api: string) => string;
  /** The host's program, in one file, so that a process starts in half the time. */
  readonly host: string;
}

const PROJECT = join(import.meta.dirname, "../../..");
const FAILPOINT = "runtime/failpoint.ts";

/**
 * Builds the apps as they are deployed but for one module: failpoints kill.
 * @param outputDirectory absolute, outside `.build`
 * @param edits of the product, for tests that want to be found out
 * @throws {Error} when an edit does not find its text, or the build fails
 */
export async function buildTestApps(outputDirectory: string, edits: readonly Edit[] = []): Promise<TestApps> {
  const killing = readFileSync(join(import.meta.dirname, "killing-failpoint.ts"), "utf8");
  const host = join(outputDirectory, "host.mjs");
  await build({
    absWorkingDir: PROJECT,
    entryPoints: ["platform/functions-host/main.ts"],
    outfile: host,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    logLevel: "silent",
  });
  await buildApps({
    projectDirectory: PROJECT,
    outputDirectory,
    modules: { ...edited(edits), [FAILPOINT]: killing },
  });
  return { bundle: (api) => join(outputDirectory, api, "index.cjs"), host };
}

function edited(edits: readonly Edit[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { file, from, to } of edits) {
    const text = texts[file] ?? readFileSync(join(PROJECT, file), "utf8");
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
    texts[file] = text.replace(from, () => to);
  }
  return texts;
}
