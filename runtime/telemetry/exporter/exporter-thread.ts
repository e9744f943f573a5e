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
  /** Milliseconds on a clock that only goes forward; the process's unless a test brings its own. */
  readonly elapsed?: () => number;
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
/** What travels together at most: a collector that is far away takes several requests at a time. */
const MAX_BATCH = 2_048;
/** Beyond this what comes is left out: the app's memory is not the collector's queue. */
const MAX_WAITING = 8_192;
/** Batches that have not been sent yet. */
const MAX_UNDER_WAY = 2;
/** A thread that has died is not started again at once. */
const RESTART_MS = 30_000;
const CLOSE_MS = 2_000;
/** The SDK itself needs about 60 MB; what it packs dies young. */
const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/**
 * The SDK in a thread of its own, with its own heap: loading it, packing and sending take nothing from requests, and what goes
 * wrong there ends there. It is started with the first thing that is to be sent, when the app is long ready.
 */
export class ExporterThread implements Exporter {
  readonly #options: ExporterThreadOptions;
  readonly #elapsed: () => number;
  #worker: Worker | undefined;
  #spans: SpanRecord[] = [];
  #measurements: Measurement[] = [];
  #spansLeftOut = 0;
  #measurementsLeftOut = 0;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  #pausedUntil = -Infinity;
  #isClosed = false;

  constructor(options: ExporterThreadOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? (() => performance.now());
  }

  add(spans: readonly SpanRecord[]): void {
    if (this.#spans.length + spans.length > MAX_WAITING) {
      this.#spansLeftOut += spans.length;
      return;
    }
    for (const span of spans) this.#spans.push(span);
    this.#schedule();
  }

  measure(measurement: Measurement): void {
    if (this.#measurements.length >= MAX_WAITING) {
      this.#measurementsLeftOut += 1;
      return;
    }
    this.#measurements.push(measurement);
    this.#schedule();
  }

  async close(): Promise<void> {
    if (this.#waiting > 0) this.#handOver(Infinity);
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (!worker) return;
    // Nothing else may keep the process alive any more.
    worker.ref();
    worker.postMessage({ type: "flush" } satisfies ToExporter);
    await flushed(worker, AbortSignal.timeout(CLOSE_MS)).catch(() => undefined);
    await worker.terminate();
  }

  get #waiting(): number {
    return this.#spans.length + this.#measurements.length;
  }

  #schedule(): void {
    if (this.#spans.length >= BATCH || this.#measurements.length >= BATCH) this.#flush();
    if (this.#waiting === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, FLUSH_MS).unref();
  }

  #flush(): void {
    while (this.#waiting > 0 && this.#underWay < MAX_UNDER_WAY && this.#handOver(MAX_BATCH));
  }

  /** @returns false when there is nobody to take it */
  #handOver(most: number): boolean {
    const worker = this.#running();
    if (!worker) return false;
    this.#tellLeftOut();
    this.#underWay += 1;
    worker.postMessage({
      type: "batch",
      spans: this.#spans.splice(0, most),
      measurements: this.#measurements.splice(0, most),
    } satisfies ToExporter);
    return true;
  }

  #tellLeftOut(): void {
    const name = "specimen.telemetry.left_out";
    const [spans, measurements] = [this.#spansLeftOut, this.#measurementsLeftOut];
    this.#spansLeftOut = this.#measurementsLeftOut = 0;
    if (spans > 0) this.#measurements.unshift({ name, value: spans, dimensions: { kind: "span" } });
    if (measurements > 0)
      this.#measurements.unshift({ name, value: measurements, dimensions: { kind: "measurement" } });
  }

  /** The thread belongs to no request, although one has set it off. */
  #running(): Worker | undefined {
    if (this.#worker || this.#isClosed || this.#elapsed() < this.#pausedUntil) return this.#worker;
    return outsideOfSpans(() => this.#start());
  }

  #start(): Worker {
    const { file, environment, log, connectionString, endpoint, identity } = this.#options;
    const worker = new Worker(file, {
      name: "telemetry",
      env: { ...environment },
      workerData: { connectionString, endpoint, ...(identity && { identity }) } satisfies ExporterOptions,
      resourceLimits: MEMORY,
      // What the SDK prints is for nobody; whether it can send is told by event.
      stdout: true,
      stderr: true,
    });
    worker.on("message", (message: FromExporter) => this.#heard(message));
    worker.on("error", (error) => {
      log("error", "telemetry-stopped", { cause: nameOfError(error) });
      this.#pausedUntil = this.#elapsed() + RESTART_MS;
    });
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#underWay = 0;
    });
    // It does not keep the process alive.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #heard(message: FromExporter): void {
    const { log } = this.#options;
    if (message.type === "done") {
      this.#underWay -= 1;
      this.#spansLeftOut += message.lost;
      // What could not be handed over when it came would wait for the next to come.
      if (this.#waiting > 0) this.#schedule();
    } else if (message.type === "collector") {
      if (message.isAway) log("warn", "telemetry-away", { cause: message.reason });
      else log("info", "telemetry-back");
    }
  }
}

async function flushed(worker: Worker, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [message] = (await once(worker, "message", { signal })) as [FromExporter];
    if (message.type === "flushed") return;
  }
}
