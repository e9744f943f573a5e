/**
 * `npm run faults:tamper [-- --trials N] [--clean N] [--seed S]`: tampers with real ledgers, and verifies honest ones. Ends with
 * 1 when a mutation was missed, a batch was named that is not the first bad one, or an honest ledger was suspected.
 */
import { parseArgs } from "node:util";
import { startLedgerServer } from "../../integration/ledger/ledger-fixture.ts";
import { judgeExport } from "./judge-export.ts";
import { tableOf, totalsOf } from "./print-table.ts";
import { runClean } from "./run-clean.ts";
import { runTrials } from "./run-trials.ts";

const USAGE = "usage: npm run faults:tamper [-- --trials N] [--clean N] [--seed S]";

const { trials, clean, seed } = readCounts();

const EXAMPLES = 20;
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const every =
  (count: number, name: string) =>
  (done: number): void => {
    if (done % count === 0) process.stderr.write(`${done} ${name}\n`);
  };

const server = await startLedgerServer();
try {
  const start = performance.now();
  const options = { server, seed, judge: judgeExport };
  const tally = await runTrials({ ...options, trials, onTrial: every(1_000, "mutations") });
  const alarms = await runClean({ ...options, runs: clean, onRun: every(250, "clean runs") });
  const totals = totalsOf(tally);
  print(tableOf(tally));
  for (const failure of [...tally.failures, ...alarms].slice(0, EXAMPLES)) print(failure);
  print(
    `seed ${seed}: ${totals.found} of ${totals.trials} mutations found, ${tally.failures.length} not as they should be; ` +
      `${alarms.length} false alarms in ${clean} clean runs; ${Math.round((performance.now() - start) / 1_000)} s`,
  );
  process.exitCode = tally.failures.length + alarms.length === 0 ? 0 : 1;
} finally {
  await server.close();
}

/** Ends the process with 2 for arguments that make no sense. */
function readCounts(): { readonly trials: number; readonly clean: number; readonly seed: number } {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({ options: { trials: text, clean: text, seed: text } });
    return {
      trials: count("--trials", values.trials ?? "10000"),
      clean: count("--clean", values.clean ?? "1000"),
      seed: count("--seed", values.seed ?? "1"),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

function count(name: string, value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new RangeError(`${name} is "${value}"; expected a whole number`);
}
