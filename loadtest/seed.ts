import { readSeedOptions, usage, UsageError } from "./seeding/read-options.ts";
import { seedPatients } from "./seeding/seed-patients.ts";
import { SendError } from "./seeding/send.ts";

/** `npm run seed`. Exit code 2 for a wrong command line, 1 when the data could not be loaded. */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return;
  }
  const options = readSeedOptions(args);
  const startedAt = performance.now();
  const { patients, tests, retries } = await seedPatients(options, process.stderr);
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = Math.round((patients + tests) / seconds);
  const again = retries > 0 ? `, ${retries} requests sent again` : "";
  process.stdout.write(
    `Created ${patients} patients and ${tests} tests in ${seconds.toFixed(1)} s (${rate} a second${again}).\n`,
  );
}

main().catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof SendError;
  const text = isExpected
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`seed: ${text}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
