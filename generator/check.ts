import { join } from "node:path";
import { runChecks } from "./check/run-checks.ts";

/** `npm run check`: what has to hold before a change is merged. Exit code 1 when anything does not. */
const projectDirectory = join(import.meta.dirname, "..");
const print = (text: string): void => void process.stdout.write(`${text}\n`);

process.exitCode = (await runChecks({ projectDirectory, print })) ? 0 : 1;
