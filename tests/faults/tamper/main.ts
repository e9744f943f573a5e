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

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "10000" },
    clean: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
const [trials, clean, seed] = [values.trials, values.clean, values.seed].map(Number);
if (![trials, clean, seed].every((one) => Number.isSafeInteger(one) && Number(one) >= 0))
  throw new RangeError("--trials, --clean and --seed are whole numbers");

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
  const options = { server, seed: seed ?? 1, judge: judgeExport };
  const tally = await runTrials({ ...options, trials: trials ?? 0, onTrial: every(1_000, "mutations") });
  const alarms = await runClean({ ...options, runs: clean ?? 0, onRun: every(250, "clean runs") });
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
