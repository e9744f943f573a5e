import { realpathSync } from "node:fs";
import { join } from "node:path";
import { ensureGenerated } from "../generator/ensure-generated.ts";
import { welcome } from "./welcome.ts";

const projectDirectory = realpathSync(join(import.meta.dirname, ".."));
const startedAt = performance.now();

/** `npm start`: prints where everything is when it is ready, and stops everything at SIGINT and SIGTERM. */
async function main(): Promise<void> {
  await ensureGenerated({ projectDirectory });
  // Loaded now, because it depends on what has been generated.
  const { startPlatform } = await import("./start-platform.ts");
  const platform = await startPlatform({ projectDirectory, environment: process.env, log: printLine });
  process.stdout.write(welcome(platform, (performance.now() - startedAt) / 1000));
  await signal();
  await platform.stop();
}

function signal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}

function printLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    printLine(`Specimen cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
