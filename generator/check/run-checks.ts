import { spawn } from "node:child_process";
import { CHECKS, type Check } from "./checks.ts";

export interface RunChecksOptions {
  readonly projectDirectory: string;
  readonly print: (text: string) => void;
  /** What is run, unless a test says otherwise. */
  readonly checks?: readonly Check[];
}

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** More at a time would be slower: each of them uses a core. */
const AT_A_TIME = 2;

/** Runs every check, prints a line for each as it ends, and the whole output of those that failed. True when none did. */
export async function runChecks({
  projectDirectory,
  print,
  checks = CHECKS,
}: RunChecksOptions): Promise<boolean> {
  const waiting = [...checks];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedAt = performance.now();
      const { ok, output } = await run(check, projectDirectory);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      print(`${ok ? "ok    " : "failed"}  ${check.name.padEnd(10)} ${seconds} s`);
      if (!ok) failures.push(`\n── ${check.name} ──\n${output.trim()}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  for (const failure of failures) print(failure);
  return failures.length === 0;
}

function run({ command }: Check, cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd,
      env: { ...process.env, REDOCLY_TELEMETRY: "off", NO_COLOR: "1" },
    });
    let output = "";
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}
