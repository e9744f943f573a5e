import os from "node:os";
import { parseArgs } from "node:util";
import { fillOutbox, measureDrain } from "./drain.ts";
import { longOutage } from "./long-outage.ts";
import { lostUpdates } from "./lost-updates.ts";
import { waysOfBeingAway } from "./register-away.ts";
import { startParts } from "./start-parts.ts";
import type { Parts } from "./start-parts.ts";

const USAGE = `Usage: npm run faults:outage -- [what] [options]
  away           takes the register away under load (default)
    --minutes M  for how long (10)
    --rate R     requests a second (50)
    --way N      how, 0 to ${waysOfBeingAway.length - 1} (0)
${waysOfBeingAway.map(({ name }, index) => `                   ${index}: ${name}`).join("\n")}
  drain          measures how a backlog drains
    --records N  how many (240000: ten minutes at 200 requests a second)
  lost-updates    compare-and-swap updates
    --clients N   at once (64)
    --updates N   of each client (10000)
    --patients N  that the clients share (1: each round lets one client through)
    --minutes M   at most (5)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string" },
    rate: { type: "string", default: "50" },
    way: { type: "string", default: "0" },
    records: { type: "string", default: "240000" },
    clients: { type: "string", default: "64" },
    updates: { type: "string", default: "10000" },
    patients: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});

/** The figures of the long runs, as JSON. Exits with 1 when a promise was broken. */
async function main(): Promise<void> {
  const run = RUNS[positionals[0] ?? "away"];
  if (!run || values.help) return void process.stdout.write(USAGE);
  const loadBefore = os.loadavg();
  const parts = await startParts();
  try {
    const { kept, ...figures } = await run(parts);
    const machine = { cpus: os.availableParallelism(), loadBefore, loadAfter: os.loadavg() };
    process.stdout.write(`${JSON.stringify({ ...figures, machine }, null, 2)}\n`);
    if (!kept) process.exitCode = 1;
  } finally {
    await parts.stop();
  }
}

type Run = (parts: Parts) => Promise<{ readonly kept: boolean }>;

const RUNS: Readonly<Record<string, Run>> = {
  async away(parts) {
    const way = waysOfBeingAway[Number(values.way)];
    if (!way) throw new Error(USAGE);
    const minutes = Number(values.minutes ?? 10);
    const found = await longOutage(parts, { way, minutes, rate: Number(values.rate) });
    const isWhole = found.unaudited.length + found.changedAfterAll.length + found.alarms.length === 0;
    return {
      way: way.name,
      minutes,
      ...found,
      kept: isWhole && found.served >= 0.999 && found.drain.seconds <= 60,
    };
  },
  async drain(parts) {
    await parts.line.suffer("refuse");
    await fillOutbox(parts, Number(values.records));
    await parts.line.suffer("none");
    const found = await measureDrain(parts);
    return { ...found, kept: found.seconds <= 60 };
  },
  async "lost-updates"(parts) {
    const [clients, updates] = [Number(values.clients), Number(values.updates)];
    const forMs = Number(values.minutes ?? 5) * 60_000;
    const patients = Number(values.patients);
    const apps = [parts.patient];
    const found = await lostUpdates(parts, { clients, updates, patients, forMs, apps });
    const { stored, acknowledged, unknown } = found;
    return { clients, updates, patients, ...found, kept: stored === acknowledged && unknown === 0 };
  },
};

await main();
