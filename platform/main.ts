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
  if (!stopping) process.stdout.write(welcome(platform, (performance.now() - startedAt) / 1000));
  await asked;
  await platform.stop();
}

// Listened for from the first moment: what has been started by then is stopped as well.
let stopping = false;
const asked = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopping = true;
      resolve();
    });
  }
});

function printLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopping) process.exit(0);
    printLine(`Specimen cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
