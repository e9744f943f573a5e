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
  const rounds = Number(process.argv[2] ?? ROUNDS);
  const costs = await measureTelemetry(directory, rounds, MILLISECONDS);
  const text = (value: number | undefined) => value?.toFixed(0) ?? "–";
  const rows = costs.map(({ name, ratio, latencyRatio, rate, cpuMicroseconds, ...one }) => [
    ...[name, ratio.toFixed(3), latencyRatio.toFixed(2), rate.toFixed(0), text(cpuMicroseconds)],
    ...[text(one.memoryBeforeMb), text(one.memoryMb)],
  ]);
  const head = [
    "whole chain",
    "requests/s as a share",
    "p50 as a multiple",
    "requests/s",
    "CPU µs a request",
  ];
  process.stdout.write(`${table([...head, "RAM MB before", "after"], rows)}\n`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
