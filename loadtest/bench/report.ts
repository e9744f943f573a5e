import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import type { AuditCost } from "./measure-audit.ts";
import type { CommandTime } from "./measure-contract-tools.ts";
import type { Measurement } from "./measure-servers.ts";
import type { ReplyTime } from "./measure-replies.ts";
import type { StartTime } from "./measure-starts.ts";

/** What one run of the benchmark measured. */
export interface Results {
  servers: Measurement[];
  audit: AuditCost;
  starts: StartTime[];
  replies: ReplyTime[];
  contractTools: CommandTime[];
}

/** The results as Markdown. */
export function report({ servers, audit, starts, replies, contractTools }: Results, date: Date): string {
  const machine = `${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim() ?? "unknown"}), ${process.platform}`;
  return [
    `Node ${process.versions.node}, ${machine}, ${date.toISOString().slice(0, 10)}.`,
    "",
    table(
      ["what", "ratio to raw echo", "requests/s", "CPU µs a request", "p50 ms", "p99 ms"],
      servers.map(row),
    ),
    "",
    table(
      ["with the register", "p50 as a multiple", "requests/s as a share", "p50 ms", "p99 ms"],
      audit.latencies.map(latencyRow),
    ),
    "",
    table(
      ["one process of the Audit app", "records/s", "CPU µs a record", "p50 ms of 128"],
      [appendRow(audit)],
    ),
    "",
    table(
      ["in a fresh process", "ms"],
      starts.map(({ name, milliseconds }) => [name, milliseconds.toFixed(1)]),
    ),
    "",
    table(
      ["answer held against the contract", "ratio to JSON.stringify", "CPU µs"],
      replies.map(({ name, ratio, microseconds }) => [name, ratio.toFixed(2), microseconds.toFixed(1)]),
    ),
    "",
    table(
      ["command", "ratio to redocly lint", "ms"],
      contractTools.map(({ name, ratio, milliseconds }) => [name, ratio.toFixed(2), milliseconds.toFixed(0)]),
    ),
  ].join("\n");
}

/**
 * Puts the results between the markers of a Markdown file.
 *
 * @throws Error when the file has no markers
 */
export async function writeReport(file: string, text: string): Promise<void> {
  const old = await readFile(file, "utf8");
  const between = /(<!-- bench:begin -->\n)[^]*(\n<!-- bench:end -->)/;
  if (!between.test(old))
    throw new Error(`${file}: expected the lines <!-- bench:begin --> and <!-- bench:end -->.`);
  await writeFile(
    file,
    old.replace(between, (_, begin: string, end: string) => `${begin}\n${text}\n${end}`),
  );
}

function row({ name, ratio, rate, cpuMicroseconds, p50, p99 }: Measurement): string[] {
  const cpu = cpuMicroseconds === undefined ? "–" : cpuMicroseconds.toFixed(0);
  return [name, ratio.toFixed(3), rate.toFixed(0), cpu, p50.toFixed(1), p99.toFixed(1)];
}

function latencyRow({ name, latencyRatio, ratio, p50, p99 }: Measurement): string[] {
  return [name, latencyRatio.toFixed(2), ratio.toFixed(2), p50.toFixed(1), p99.toFixed(1)];
}

function appendRow({ appends: { rate, cpuMicroseconds, p50 } }: AuditCost): string[] {
  return ["appends", rate.toFixed(0), cpuMicroseconds?.toFixed(0) ?? "–", p50.toFixed(1)];
}

/** Aligned as Prettier does it. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
