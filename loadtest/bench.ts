import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { patient } from "./bench/document.ts";
import { measureAudit } from "./bench/measure-audit.ts";
import { measureContractTools } from "./bench/measure-contract-tools.ts";
import { measureReplies } from "./bench/measure-replies.ts";
import { measureServers } from "./bench/measure-servers.ts";
import type { Measurement, Subject } from "./bench/measure-servers.ts";
import { measureStarts } from "./bench/measure-starts.ts";
import { report, writeReport } from "./bench/report.ts";
import { startEchoHost, startRawEcho, startWholePlatform } from "./bench/start-servers.ts";
import type { Server } from "./bench/start-servers.ts";

const rounds = 5;
const milliseconds = 1000;
const hostKey = "bench-key";
const subscriptionKey = "local-partner-key";
const json = { "content-type": "application/json" };

/** `npm run bench`: prints the results; with `--write`, also puts them into docs/benchmarks.md. */
async function main(): Promise<void> {
  const directory = await mkdtemp(path.join(os.tmpdir(), "specimen-bench-"));
  const servers: Server[] = [];
  try {
    const measured = await measureAll(directory, servers);
    await stopAll(servers);
    const audit = await measureAudit(path.join(directory, "audit"), rounds, milliseconds);
    const [starts, replies] = [await measureStarts(5), await measureReplies(rounds)];
    const contractTools = await measureContractTools(rounds);
    const text = report({ servers: measured, audit, starts, replies, contractTools }, new Date());
    process.stdout.write(`${text}\n`);
    if (process.argv.includes("--write")) {
      await writeReport(path.join(path.dirname(import.meta.dirname), "docs/benchmarks.md"), text);
    }
  } finally {
    await stopAll(servers);
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureAll(directory: string, servers: Server[]): Promise<Measurement[]> {
  const start = async (server: Promise<Server>) => {
    servers.push(await server);
    return server;
  };
  const raw = await start(startRawEcho());
  const host = await start(startEchoHost(directory, hostKey));
  const platform = await start(startWholePlatform(path.join(directory, "state")));
  return measureServers(
    subjectsOf(raw, host, platform, await createPatient(platform.url)),
    rounds,
    milliseconds,
  );
}

function subjectsOf(raw: Server, host: Server, platform: Server, patientId: string): Subject[] {
  const body = JSON.stringify(patient);
  const [echoKey, key] = [{ "x-functions-key": hostKey }, { "ocp-apim-subscription-key": subscriptionKey }];
  const read = (name: string, { processId }: Server, url: string, headers = {}): Subject => {
    return { name, processId, comparedWith: "raw node:http, GET", request: { url, method: "GET", headers } };
  };
  const write = (name: string, { processId }: Server, url: string, headers = {}): Subject => {
    const request = { url, method: "POST", headers: { ...json, ...headers }, body };
    return { name, processId, comparedWith: "raw node:http, POST", request };
  };
  return [
    read("raw node:http, GET", raw, `${raw.url}/`),
    read("functions host, GET", host, `${host.url}/echo`, echoKey),
    read("whole chain, GET patient", platform, `${platform.url}/patient/${patientId}`, key),
    write("raw node:http, POST", raw, `${raw.url}/`),
    write("functions host, POST", host, `${host.url}/echo`, echoKey),
    write("whole chain, POST patient", platform, `${platform.url}/patient`, key),
  ];
}

async function createPatient(gatewayUrl: string): Promise<string> {
  const response = await fetch(`${gatewayUrl}/patient`, {
    method: "POST",
    headers: { ...json, "ocp-apim-subscription-key": subscriptionKey },
    body: JSON.stringify(patient),
  });
  const created = (await response.json()) as { id?: string };
  if (created.id === undefined) throw new Error(`The platform answered ${response.status} to a new patient.`);
  return created.id;
}

async function stopAll(servers: Server[]): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
