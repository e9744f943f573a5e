import { performance } from "node:perf_hooks";
import { systemClock } from "../../../runtime/clock.ts";
import { timeOrderedIds } from "../../../runtime/ids.ts";
import { openTestLedger, recordOf, startLedgerServer } from "./ledger-fixture.ts";

/**
 * How many records one process appends in a second, and how long each of them takes: `node tests/integration/ledger/measure-appends.ts
 * [seconds] [callers] [records a call] [people]`. The embedded database runs in a thread of this process.
 */
const [seconds = 5, callers = 64, size = 8, people = 5_000] = process.argv.slice(2).map(Number);

for (const projects of [false, true]) {
  const server = await startLedgerServer();
  const newId = timeOrderedIds(systemClock);
  const ledger = await openTestLedger(await server.database(), {
    clock: systemClock,
    ...(projects && { later: (run: () => void) => void setTimeout(run, 250).unref() }),
  });
  const patients = Array.from({ length: people }, newId);
  const latencies: number[] = [];
  let stored = 0;
  const append = async (): Promise<void> => {
    const records = Array.from({ length: size / 2 }, () => {
      const patientId = patients[Math.floor(Math.random() * people)] ?? "";
      const resource = { type: "patient", id: patientId, operation: "read" };
      const access = newId();
      const outcome = { code: 0, status: 200, resources: [{ type: "patient", id: patientId }] } as const;
      return [
        recordOf(access, "intent", { patientId, resource }),
        recordOf(access, "outcome", { patientId, resource, outcome }),
      ];
    }).flat();
    const start = performance.now();
    const appended = await ledger.append(records);
    stored += appended.stored;
    latencies.push(performance.now() - start);
  };
  for (let warm = 0; warm < 200; warm += 1) await append();
  [stored, latencies.length] = [0, 0];
  const start = performance.now();
  const cpu = process.cpuUsage();
  const until = start + seconds * 1_000;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) await append();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((one, other) => one - other);
  const percentile = (part: number) => (latencies[Math.floor(latencies.length * part)] ?? 0).toFixed(1);
  process.stdout.write(
    `${projects ? "with" : "without"} projection: ${Math.round(stored / took)} records/s, ${callers} callers of ${size} records; ` +
      `a call takes p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms; ${((user + system) / 1e6 / took).toFixed(2)} cores\n`,
  );
  const waited = performance.now();
  await ledger.page({}, { limit: 1, after: undefined });
  process.stdout.write(`  a query right after it waited ${Math.round(performance.now() - waited)} ms\n`);
  await server.close();
}
