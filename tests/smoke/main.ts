import { setTimeout as sleep } from "node:timers/promises";
import { readOptions, USAGE } from "./read-options.ts";
import { smokeJourney } from "./smoke-journey.ts";

/** `npm run smoke`. Exit codes: 0, 1 when a step failed, 2 for usage. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, process.env);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n${USAGE}\n`);
    return 2;
  }
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    await smokeJourney(options, { say, now: () => performance.now(), wait: sleep });
    return 0;
  } catch (error) {
    say(`FAILED  ${error instanceof Error ? error.message : "unknown error"}`);
    return 1;
  }
}
