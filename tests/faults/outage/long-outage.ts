import { alarms, changedAfterAll, registered, tally, unaudited } from "./account.ts";
import { measureDrain } from "./drain.ts";
import type { Drain } from "./drain.ts";
import { driver } from "./drive.ts";
import type { Driver } from "./drive.ts";
import type { WayOfBeingAway } from "./register-away.ts";
import type { Parts } from "./start-parts.ts";

export interface LongOutageOptions {
  readonly way: WayOfBeingAway;
  readonly minutes: number;
  /** Requests a second, whether earlier ones were answered or not. */
  readonly rate: number;
}

/** What promise 7 is judged by. */
export interface LongOutage {
  readonly requests: number;
  /** Requests a second that were sent: fewer than wanted when the machine cannot. */
  readonly rate: number;
  /** Of those that are not the client's failure: the share that was served, from 0 to 1. */
  readonly served: number;
  readonly answers: Readonly<Record<string, number>>;
  /** Of the answers while the register was away, in milliseconds. */
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly drain: Drain;
  /** A line for each answered access without its records. */
  readonly unaudited: readonly string[];
  readonly changedAfterAll: readonly string[];
  readonly alarms: readonly string[];
}

/** Takes the register away under load, for real minutes, brings it back, waits for the outbox to empty, and accounts. */
export async function longOutage(
  parts: Parts,
  { way, minutes, rate }: LongOutageOptions,
): Promise<LongOutage> {
  const client = await driver(parts.patient, 64);
  client.forget();
  const comeBack = await way.leave(parts);
  const start = performance.now();
  const latencies = await atRate(client, rate, minutes * 60_000);
  const seconds = (performance.now() - start) / 1000;
  await comeBack();
  const drain = await measureDrain(parts);
  const { sent } = client;
  const failed = sent.filter(({ answer }) => !answer || answer.status >= 500).length;
  const sorted = latencies.sort((one, other) => one - other);
  const quantile = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  const result = {
    requests: sent.length,
    rate: Math.round(sent.length / seconds),
    served: 1 - failed / sent.length,
    answers: tally(sent),
    latency: { p50: quantile(0.5), p99: quantile(0.99) },
    drain,
    unaudited: unaudited(sent, await registered(parts)),
    changedAfterAll: await changedAfterAll(parts, sent),
    alarms: alarms(parts),
  };
  await client.close();
  return result;
}

/** @returns how long each answer took, in milliseconds */
async function atRate(client: Driver, rate: number, forMs: number): Promise<number[]> {
  const latencies: number[] = [];
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  let begun = 0;
  for (let elapsed = 0; elapsed < forMs; elapsed = performance.now() - start) {
    for (const due = (elapsed * rate) / 1000; begun < due; begun++) {
      const sentAt = performance.now();
      const answered = client.next().then(() => {
        latencies.push(performance.now() - sentAt);
        underWay.delete(answered);
      });
      underWay.add(answered);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await Promise.all(underWay);
  return latencies;
}
