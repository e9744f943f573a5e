import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { outsideOfSpans } from "../current-span.ts";
import type { Log } from "../log.ts";
import { nameOfError } from "../log.ts";
import type { Measurement } from "../metrics.ts";
import type { SpanRecord } from "../span-record.ts";
import type { ExporterOptions, FromExporter, ToExporter } from "./exporter-messages.ts";

export interface ExporterThreadOptions extends ExporterOptions {
  /** The exporter's bundle. */
  readonly file: string;
  /** What its SDK reads of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** Takes what is to be sent, and never keeps anybody waiting. */
export interface Exporter {
  add(spans: readonly SpanRecord[]): void;
  measure(measurement: Measurement): void;
  /** Sends what there is, for at most two seconds, and ends. */
  close(): Promise<void>;
}

/** How long what is to be sent waits for more, in milliseconds. */
const FLUSH_MS = 200;
/** This many at once do not wait. */
const BATCH = 512;
/** Beyond this what comes is left out: the app's memory is not the collector's queue. */
const MAX_WAITING = 8_192;
/** Batches that the thread has not taken yet. */
const MAX_UNDER_WAY = 4;
/** A thread that has died is not started again at once. */
const RESTART_MS = 30_000;
const CLOSE_MS = 2_000;
/** The SDK needs about 60. */
const MEMORY_MB = 192;

/**
 * The SDK in a thread of its own, with its own heap: loading it, packing and sending take nothing from requests, and what goes
 * wrong there ends there. It is started with the first thing that is to be sent, when the app is long ready.
 */
export class ExporterThread implements Exporter {
  readonly #options: ExporterThreadOptions;
  #worker: Worker | undefined;
  #spans: SpanRecord[] = [];
  #measurements: Measurement[] = [];
  #leftOut = 0;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  #pausedUntil = 0;
  #isClosed = false;

  constructor(options: ExporterThreadOptions) {
    this.#options = options;
  }

  add(spans: readonly SpanRecord[]): void {
    if (this.#spans.length + spans.length > MAX_WAITING) {
      this.#leftOut += spans.length;
      return;
    }
    for (const span of spans) this.#spans.push(span);
    this.#schedule();
  }

  measure(measurement: Measurement): void {
    if (this.#measurements.length >= MAX_WAITING) return;
    this.#measurements.push(measurement);
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (!worker) return;
    worker.postMessage({ type: "flush" } satisfies ToExporter);
    const signal = AbortSignal.timeout(CLOSE_MS);
    const isFlushed = async () => {
      for (;;) {
        const [message] = (await once(worker, "message", { signal })) as [FromExporter];
        if (message.type === "flushed") return;
      }
    };
    await isFlushed().catch(() => undefined);
    await worker.terminate();
  }

  #schedule(): void {
    if (this.#spans.length >= BATCH) this.#flush();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, FLUSH_MS).unref();
  }

  #flush(): void {
    while (this.#spans.length + this.#measurements.length > 0 && this.#underWay < MAX_UNDER_WAY) {
      const worker = this.#running();
      if (!worker) return;
      if (this.#leftOut > 0) {
        this.#measurements.push({
          name: "specimen.telemetry.left_out",
          value: this.#leftOut,
          dimensions: {},
        });
        this.#leftOut = 0;
      }
      this.#underWay += 1;
      worker.postMessage({
        type: "batch",
        spans: this.#spans.splice(0, BATCH),
        measurements: this.#measurements.splice(0, BATCH),
      } satisfies ToExporter);
    }
  }

  /** The thread belongs to no request, although one has set it off. */
  #running(): Worker | undefined {
    if (this.#worker || this.#isClosed || performance.now() < this.#pausedUntil) return this.#worker;
    return outsideOfSpans(() => this.#start());
  }

  #start(): Worker {
    const { file, environment, log, connectionString, endpoint, identity } = this.#options;
    const worker = new Worker(file, {
      name: "telemetry",
      env: { ...environment },
      workerData: { connectionString, endpoint, ...(identity && { identity }) } satisfies ExporterOptions,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      // What the SDK prints is for nobody; whether it can send is told by event.
      stdout: true,
      stderr: true,
    });
    worker.on("message", (message: FromExporter) => this.#heard(message));
    worker.on("error", (error) => {
      log("error", "telemetry-stopped", { cause: nameOfError(error) });
      this.#pausedUntil = performance.now() + RESTART_MS;
    });
    worker.on("exit", () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#underWay = 0;
    });
    // It does not keep the process alive.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #heard(message: FromExporter): void {
    const { log } = this.#options;
    if (message.type === "taken") {
      this.#underWay -= 1;
      if (this.#spans.length >= BATCH) this.#flush();
    } else if (message.type === "collector") {
      if (message.isAway) log("warn", "telemetry-away", { cause: message.reason });
      else log("info", "telemetry-back");
    }
  }
}
