import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Load, LoadResult } from "./http-load.ts";
import { median } from "./median.ts";
import { treeCpuSeconds } from "./process-cpu.ts";

/** A request to a server, to be measured. */
export interface Subject {
  name: string;
  /** The process whose CPU time counts, with its children. */
  processId: number;
  request: Pick<Load, "url" | "method" | "headers" | "body">;
  /** The name of the subject that its rate is compared with. */
  comparedWith: string;
  /** How many connections send; 32 when absent. */
  connections?: number;
}

/** Medians over all rounds. */
export interface Measurement {
  name: string;
  /** Answers a second. */
  rate: number;
  /** `p50`, as a multiple of that of the subject it is compared with in the same round. */
  latencyRatio: number;
  /** `rate`, as a share of that of the subject it is compared with in the same round. */
  ratio: number;
  /** CPU time for an answer, in microseconds, of all its processes. */
  cpuMicroseconds: number | undefined;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const CONNECTIONS = 32;
const warmUpMilliseconds = 1500;

interface Round {
  name: string;
  rate: number;
  ratio: number;
  latencyRatio: number;
  cpu: number | undefined;
  p50: number;
  p99: number;
}

/**
 * Measures the subjects in turn, round after round, so that what else happens on the machine meets them alike.
 *
 * @throws Error when a subject answers with anything but 2xx
 */
export async function measureServers(
  subjects: Subject[],
  rounds: number,
  milliseconds: number,
): Promise<Measurement[]> {
  const generator = startGenerator();
  try {
    for (const subject of subjects) await load(generator, subject, warmUpMilliseconds);
    const results: Round[] = [];
    for (let round = 0; round < rounds; round += 1)
      results.push(...(await measureRound(generator, subjects, milliseconds)));
    return subjects.map(({ name }) =>
      summary(
        name,
        results.filter((result) => result.name === name),
      ),
    );
  } finally {
    generator.kill();
  }
}

async function measureRound(
  generator: Generator,
  subjects: Subject[],
  milliseconds: number,
): Promise<Round[]> {
  const measured = new Map<string, { rate: number; p50: number }>();
  const results: Round[] = [];
  for (const subject of subjects) {
    const before = treeCpuSeconds(subject.processId);
    const { answered, seconds, p50, p99 } = await load(generator, subject, milliseconds);
    const after = treeCpuSeconds(subject.processId);
    const cpu = before === undefined || after === undefined ? undefined : ((after - before) / answered) * 1e6;
    const rate = answered / seconds;
    measured.set(subject.name, { rate, p50 });
    const compared = measured.get(subject.comparedWith);
    results.push({
      name: subject.name,
      rate,
      ratio: rate / (compared?.rate ?? NaN),
      latencyRatio: p50 / (compared?.p50 ?? NaN),
      cpu,
      p50,
      p99,
    });
  }
  return results;
}

/** The process that sends. */
export type Generator = ReturnType<typeof fork>;

/** Starts what sends, in a process of its own. */
export function startGenerator(): Generator {
  return fork(path.join(import.meta.dirname, "load-process.ts"), { stdio: "inherit" });
}

/** Sends to one subject for some time. @throws Error when it answers with anything but 2xx */
export async function load(
  generator: Generator,
  { name, request, connections = CONNECTIONS }: Subject,
  milliseconds: number,
): Promise<LoadResult> {
  const reply = once(generator, "message") as Promise<[{ result: LoadResult } | { error: string }]>;
  generator.send({ ...request, connections, milliseconds });
  const [message] = await reply;
  if ("error" in message) throw new Error(`${name}: ${message.error}`);
  const { answered, refused } = message.result;
  if (refused > 0) throw new Error(`${name}: ${refused} of ${answered + refused} answers were no success.`);
  return message.result;
}

function summary(name: string, results: Round[]): Measurement {
  const cpus = results.flatMap(({ cpu }) => cpu ?? []);
  return {
    name,
    rate: median(results.map(({ rate }) => rate)),
    ratio: median(results.map(({ ratio }) => ratio)),
    latencyRatio: median(results.map(({ latencyRatio }) => latencyRatio)),
    cpuMicroseconds: cpus.length === results.length ? median(cpus) : undefined,
    p50: median(results.map(({ p50 }) => p50)),
    p99: median(results.map(({ p99 }) => p99)),
  };
}
