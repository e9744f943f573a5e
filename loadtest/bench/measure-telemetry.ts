import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { patient } from "./document.ts";
import { load, startGenerator } from "./measure-servers.ts";
import type { Generator, Subject } from "./measure-servers.ts";
import { median } from "./median.ts";
import { treeCpuSeconds } from "./process-cpu.ts";
import { treeMemoryMb } from "./process-memory.ts";
import { startWholePlatform } from "./start-servers.ts";
import type { Server } from "./start-servers.ts";

/** What telemetry costs one request in one state of the collector: medians of shares of the same without it. */
export interface TelemetryCost {
  /** The state of the collector, and the request. */
  name: string;
  /** Answers a second, as a share. */
  rate: number;
  /** The median time of an answer, as a multiple. */
  p50: number;
  /** CPU time for an answer, of all processes, as a multiple; NaN where there is no `/proc`. */
  cpu: number;
}

/** RAM of all processes of a platform after all rounds, in MB, with telemetry and without. */
export interface TelemetryMemory {
  name: string;
  withTelemetry: number | undefined;
  without: number | undefined;
}

export interface TelemetryCosts {
  costs: TelemetryCost[];
  memory: TelemetryMemory[];
}

const KEY = { "ocp-apim-subscription-key": "local-partner-key" };
const JSON_BODY = { "content-type": "application/json" };
const WARM_UP_MS = 2_000;

/**
 * Measures a platform with telemetry and one without, pair by pair, in turns that begin with the one and the other alternately. Only
 * the two are up: what a third does by itself would be in their way.
 *
 * @throws Error when a platform does not start, or answers with anything but 2xx
 */
export async function measureTelemetry(
  directory: string,
  rounds: number,
  milliseconds: number,
): Promise<TelemetryCosts> {
  const collectors: { stop(): Promise<void> }[] = [];
  const generator = startGenerator();
  const result: TelemetryCosts = { costs: [], memory: [] };
  try {
    for (const destination of await destinations(collectors)) {
      const state = path.join(directory, String(result.memory.length));
      const { costs, memory } = await measurePair(destination, state, { generator, rounds, milliseconds });
      result.costs.push(...costs);
      result.memory.push(memory);
    }
    return result;
  } finally {
    generator.kill();
    await Promise.all(collectors.map((one) => one.stop()));
  }
}

type Destination = readonly [name: string, settings: Readonly<Record<string, string>>];

async function destinations(started: { stop(): Promise<void> }[]): Promise<Destination[]> {
  const collector = async (fault: string): Promise<string> => {
    const child = fork(path.join(import.meta.dirname, "faulty-collector.ts"), [fault], { stdio: "inherit" });
    started.push({ stop: () => Promise.resolve(void child.kill()) });
    const [message] = (await once(child, "message")) as [{ url: string }];
    return connectionString(message.url);
  };
  const elsewhere = await collector("whole");
  return [
    ["collector elsewhere", { SPECIMEN_TELEMETRY: elsewhere }],
    ["collector elsewhere, 1 of 4", { SPECIMEN_TELEMETRY: elsewhere, SPECIMEN_TELEMETRY_SAMPLING: "0.25" }],
    ["collector here", { SPECIMEN_TELEMETRY: "local" }],
    ["collector down", { SPECIMEN_TELEMETRY: connectionString("http://127.0.0.1:9") }],
    ["collector slow", { SPECIMEN_TELEMETRY: await collector("slow") }],
    ["collector answers 500", { SPECIMEN_TELEMETRY: await collector("failing") }],
  ];
}

function connectionString(url: string): string {
  return `InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=${url}/`;
}

interface Measuring {
  generator: Generator;
  rounds: number;
  milliseconds: number;
}

interface Sample {
  rate: number;
  p50: number;
  cpu: number;
}

async function measurePair(
  [name, settings]: Destination,
  directory: string,
  { generator, rounds, milliseconds }: Measuring,
): Promise<{ costs: TelemetryCost[]; memory: TelemetryMemory }> {
  const started: Server[] = [];
  const start = async (mode: string, changes: Readonly<Record<string, string>>) => {
    const platform = await startWholePlatform(path.join(directory, mode), changes);
    started.push(platform);
    return platform;
  };
  try {
    const off = await start("off", { SPECIMEN_TELEMETRY: "off" });
    const on = await start("on", settings);
    const pairs = zip(await subjectsOf(off), await subjectsOf(on));
    for (const subject of pairs.flat()) await load(generator, subject, WARM_UP_MS);
    const samples = pairs.map(() => ({ off: [] as Sample[], on: [] as Sample[] }));
    for (let round = 0; round < rounds; round += 1)
      for (const [index, [withoutIt, withIt]] of pairs.entries()) {
        const sample = async (mode: "off" | "on") =>
          samples[index]?.[mode].push(
            await measure(generator, mode === "off" ? withoutIt : withIt, milliseconds),
          );
        for (const mode of round % 2 === 0 ? (["off", "on"] as const) : (["on", "off"] as const))
          await sample(mode);
      }
    return {
      costs: samples.map((one, index) => costOf(`${pairs[index]?.[1].name ?? ""}, ${name}`, one)),
      memory: { name, withTelemetry: treeMemoryMb(on.processId), without: treeMemoryMb(off.processId) },
    };
  } finally {
    await Promise.all(started.map((one) => one.stop()));
  }
}

function zip<T>(one: T[], other: T[]): [T, T][] {
  return one.flatMap((first, index) => {
    const second = other[index];
    return second === undefined ? [] : [[first, second] as [T, T]];
  });
}

async function measure(generator: Generator, subject: Subject, milliseconds: number): Promise<Sample> {
  const before = treeCpuSeconds(subject.processId) ?? NaN;
  const { answered, seconds, p50 } = await load(generator, subject, milliseconds);
  const after = treeCpuSeconds(subject.processId) ?? NaN;
  return { rate: answered / seconds, p50, cpu: (after - before) / answered };
}

function costOf(name: string, { off, on }: { off: Sample[]; on: Sample[] }): TelemetryCost {
  const share = (of: keyof Sample) =>
    median(zip(off, on).map(([without, withIt]) => withIt[of] / without[of]));
  return { name, rate: share("rate"), p50: share("p50"), cpu: share("cpu") };
}

async function subjectsOf({ url, processId }: Server): Promise<Subject[]> {
  const body = JSON.stringify(patient);
  const headers = { ...KEY, ...JSON_BODY };
  const response = await fetch(`${url}/patient`, { method: "POST", headers, body });
  const { id } = (await response.json()) as { id?: string };
  if (id === undefined) throw new Error(`A platform answered ${response.status} to a new patient.`);
  const common = { processId, comparedWith: "" };
  return [
    { ...common, name: "GET", request: { url: `${url}/patient/${id}`, method: "GET", headers: KEY } },
    { ...common, name: "POST", request: { url: `${url}/patient`, method: "POST", headers, body } },
  ];
}
