import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { measureTelemetry } from "./bench/measure-telemetry.ts";
import { table } from "./bench/report.ts";

const MILLISECONDS = 1_000;
const ROUNDS = 15;

/** `npm run bench:telemetry [-- <rounds>]`: prints what telemetry costs, as shares of the same without it. */
const directory = await mkdtemp(path.join(os.tmpdir(), "specimen-bench-"));
try {
  const { costs, memory } = await measureTelemetry(
    directory,
    Number(process.argv[2] ?? ROUNDS),
    MILLISECONDS,
  );
  const head = ["whole chain, compared with telemetry off", "requests/s", "p50", "CPU a request"];
  const rows = costs.map(({ name, ...shares }) => [
    name,
    ...[shares.rate, shares.p50, shares.cpu].map((share) => share.toFixed(2)),
  ]);
  const megabytes = (value: number | undefined) => value?.toFixed(0) ?? "–";
  const memoryRows = memory.map((one) => [one.name, megabytes(one.withTelemetry), megabytes(one.without)]);
  process.stdout.write(`${table(head, rows)}\n\n`);
  process.stdout.write(
    `${table(["RAM of the platform after all rounds, MB", "with telemetry", "without"], memoryRows)}\n`,
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
