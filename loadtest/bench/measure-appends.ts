import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Pool } from "undici";
import { median } from "./median.ts";
import { treeCpuSeconds } from "./process-cpu.ts";
import type { WholePlatform } from "./start-servers.ts";

/** Medians over all rounds. */
export interface AppendRate {
  /** Records a second that one process of the Audit app has made durable. */
  rate: number;
  /** CPU time for a record, in microseconds, of all processes of the platform. */
  cpuMicroseconds: number | undefined;
  /** Of a batch, in milliseconds. */
  p50: number;
}

const BATCH = 128;
const CALLERS = 8;
const PEOPLE = 5_000;

/**
 * Sends batches of new records to the Audit app of a platform, as the Patient app sends them under load.
 *
 * @param state the platform's state folder, which has the app's key
 * @throws Error when a batch is not taken whole
 */
export async function measureAppends(
  { auditApp, processId }: WholePlatform,
  state: string,
  rounds: number,
  milliseconds: number,
): Promise<AppendRate> {
  const key = await hostKey(state);
  const pool = new Pool(auditApp, { connections: CALLERS, pipelining: 1 });
  const people = Array.from({ length: PEOPLE }, () => randomUUID());
  const results: { rate: number; cpu: number | undefined; p50: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const before = treeCpuSeconds(processId);
    const { records, seconds, times } = await sendFor(pool, key, people, milliseconds);
    const after = treeCpuSeconds(processId);
    const cpu = before === undefined || after === undefined ? undefined : ((after - before) / records) * 1e6;
    // The first round warms up.
    if (round >= 0) results.push({ rate: records / seconds, cpu, p50: median(times) });
  }
  await pool.close();
  const cpus = results.flatMap(({ cpu }) => cpu ?? []);
  return {
    rate: median(results.map(({ rate }) => rate)),
    cpuMicroseconds: cpus.length === results.length ? median(cpus) : undefined,
    p50: median(results.map(({ p50 }) => p50)),
  };
}

async function sendFor(pool: Pool, key: string, people: readonly string[], milliseconds: number) {
  const times: number[] = [];
  const start = performance.now();
  const call = async (): Promise<void> => {
    while (performance.now() < start + milliseconds) {
      const body = batchOf(people);
      const sent = performance.now();
      const answer = await pool.request({
        method: "POST",
        path: "/auditrecords",
        headers: { "content-type": "application/json", "x-functions-key": key },
        body,
      });
      const receipt = (await answer.body.json()) as { stored?: number };
      if (receipt.stored !== BATCH)
        throw new Error(`The Audit app answered ${answer.statusCode} to a batch.`);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  return { records: times.length * BATCH, seconds: (performance.now() - start) / 1_000, times };
}

/** Intents and outcomes of reads, of one person each. */
function batchOf(people: readonly string[]): string {
  const records = Array.from({ length: BATCH / 2 }, () => {
    const patientId = people[Math.floor(Math.random() * people.length)] ?? "";
    const accessId = randomUUID();
    const record = {
      accessId,
      createdDate: new Date().toISOString(),
      sourceSystemName: "bench",
      operationId: "getPatient",
      action: "R",
      resource: { type: "patient", id: patientId, operation: "read" },
      patientId,
      actor: { subscription: "local-partner", product: "partner" },
      traceId: accessId.replaceAll("-", ""),
      requestId: accessId,
    };
    const outcome = { code: 0, status: 200, resources: [{ type: "patient", id: patientId, version: 1 }] };
    return [
      { ...record, id: `${accessId}:intent`, phase: "intent" },
      { ...record, id: `${accessId}:outcome`, phase: "outcome", outcome },
    ];
  });
  return JSON.stringify({ records: records.flat() });
}

/** The host key, where the operator finds it. */
async function hostKey(state: string): Promise<string> {
  const keys = JSON.parse(await readFile(path.join(state, "apps/audit/keys.json"), "utf8")) as {
    hostKeys: { default: string };
  };
  return keys.hostKeys.default;
}
