import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { patient } from "./document.ts";
import { measureServers } from "./measure-servers.ts";
import type { Measurement, Subject } from "./measure-servers.ts";
import { treeMemoryMb } from "./process-memory.ts";
import { startWholePlatform } from "./start-servers.ts";
import type { Server } from "./start-servers.ts";

/** What telemetry costs in one state of the collector. */
export interface TelemetryCost extends Measurement {
  /** RAM of all processes of the platform after all rounds, in MB. */
  memoryMb: number | undefined;
  /** The same before the first round. */
  memoryBeforeMb: number | undefined;
}

const KEY = { "ocp-apim-subscription-key": "local-partner-key" };
const JSON_BODY = { "content-type": "application/json" };
const OFF = "telemetry off";

/**
 * Measures platforms in turn that differ in where their telemetry goes alone. All of them are up for the whole time.
 *
 * @throws Error when a platform does not start, or answers with anything but 2xx
 */
export async function measureTelemetry(
  directory: string,
  rounds: number,
  milliseconds: number,
): Promise<TelemetryCost[]> {
  const started: { stop(): Promise<void> }[] = [];
  try {
    const platforms = new Map<string, Server>();
    for (const [name, telemetry, settings = {}] of await destinations(started)) {
      const state = path.join(directory, `telemetry-${platforms.size}`);
      const platform = await startWholePlatform(state, { SPECIMEN_TELEMETRY: telemetry, ...settings });
      started.push(platform);
      platforms.set(name, platform);
    }
    const subjects: Subject[] = [];
    for (const [name, platform] of platforms) subjects.push(...(await subjectsOf(name, platform)));
    const memory = () => new Map([...platforms].map(([name, one]) => [name, treeMemoryMb(one.processId)]));
    const before = memory();
    const measured = await measureServers(subjects, rounds, milliseconds);
    const after = memory();
    return measured.map((one) => {
      const name = one.name.slice(one.name.indexOf(", ") + 2);
      return { ...one, memoryBeforeMb: before.get(name), memoryMb: after.get(name) };
    });
  } finally {
    await Promise.all(started.map((one) => one.stop()));
  }
}

type Destination = readonly [name: string, telemetry: string, settings?: Readonly<Record<string, string>>];

/** The first is what the others are compared with. */
async function destinations(started: { stop(): Promise<void> }[]): Promise<Destination[]> {
  const collector = async (fault: string): Promise<string> => {
    const child = fork(path.join(import.meta.dirname, "faulty-collector.ts"), [fault], { stdio: "inherit" });
    started.push({ stop: () => Promise.resolve(void child.kill()) });
    const [message] = (await once(child, "message")) as [{ url: string }];
    return connectionString(message.url);
  };
  return [
    [OFF, "off"],
    ["a collector elsewhere", await collector("whole")],
    ["the collector here, its pages closed", "local"],
    ["the collector here, 1 trace of 10", "local", { SPECIMEN_TELEMETRY_SAMPLING: "0.1" }],
    ["the collector is down", connectionString("http://127.0.0.1:9")],
    ["the collector is slow", await collector("slow")],
    ["the collector answers 500", await collector("failing")],
  ];
}

function connectionString(url: string): string {
  return `InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=${url}/`;
}

async function subjectsOf(name: string, { url, processId }: Server): Promise<Subject[]> {
  const body = JSON.stringify(patient);
  const headers = { ...KEY, ...JSON_BODY };
  const response = await fetch(`${url}/patient`, { method: "POST", headers, body });
  const { id } = (await response.json()) as { id?: string };
  if (id === undefined) throw new Error(`A platform answered ${response.status} to a new patient.`);
  return [
    {
      ...{ name: `GET, ${name}`, processId, comparedWith: `GET, ${OFF}` },
      request: { url: `${url}/patient/${id}`, method: "GET", headers: KEY },
    },
    {
      ...{ name: `POST, ${name}`, processId, comparedWith: `POST, ${OFF}` },
      request: { url: `${url}/patient`, method: "POST", headers, body },
    },
  ];
}
