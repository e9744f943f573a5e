import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { median } from "./median.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** How long something takes in a fresh process of Node. */
export interface StartTime {
  name: string;
  /** Median. */
  milliseconds: number;
}

/**
 * Measures the Patient API: loading its validators, bundled as an app bundles them, and loading its app's bundle. Each in
 * `times` fresh processes.
 */
export async function measureStarts(times: number): Promise<StartTime[]> {
  const directory = await mkdtemp(path.join(tmpdir(), "specimen-bench-"));
  try {
    const validators = await bundleValidators(directory);
    const bundle = path.join(root, ".build/apps/patient/index.cjs");
    return [
      { name: "validators ready", milliseconds: await medianOf(times, "time-validators.ts", validators) },
      { name: "app loaded", milliseconds: await medianOf(times, "time-app.ts", bundle) },
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function bundleValidators(directory: string): Promise<string> {
  const outfile = path.join(directory, "validators.cjs");
  const entry = path.join(root, "generated/patient/validators.js");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
  });
  return outfile;
}

async function medianOf(times: number, script: string, file: string): Promise<number> {
  const results: number[] = [];
  // The first run fills the compile cache and the file system's, as a platform's first start does; it is not counted.
  for (let count = 0; count <= times; count += 1) {
    const milliseconds = await time(script, file);
    if (count > 0) results.push(milliseconds);
  }
  return median(results);
}

async function time(script: string, file: string): Promise<number> {
  const { stdout } = await run(process.execPath, [path.join(import.meta.dirname, script), file], {
    // Settings that an app must have. Nothing is asked of these addresses while it loads.
    env: {
      ...process.env,
      KEY_VAULT_URL: "http://127.0.0.1:9",
      AUDIT_URL: "http://127.0.0.1:9",
      MONGODB_DATABASE: "bench",
    },
  });
  return Number(stdout);
}
