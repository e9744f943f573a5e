import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { recordingLog } from "../../testing/recording-log.ts";
import type { SpanRecord } from "../span-record.ts";
import { ExporterThread } from "./exporter-thread.ts";

const folder = mkdtempSync(join(tmpdir(), "exporter-"));
afterAll(() => rmSync(folder, { recursive: true }));

const threads: ExporterThread[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
});

const SPAN: SpanRecord = {
  ...{
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    name: "GET /a",
    kind: "server",
  },
  ...{ startMs: 0, durationMs: 1, failed: false, attributes: {}, links: [], sampleRate: 100 },
};
const spans = (count: number) => Array.from({ length: count }, () => SPAN);

/**
 * A thread that runs a text, and a log that hears of it: each batch is told as if it were the collector's state. The time is what the test
 * makes it.
 */
function threadOf(text: string) {
  const file = join(folder, `${threads.length}-${String(Math.random()).slice(2)}.cjs`);
  writeFileSync(file, `const { parentPort } = require("node:worker_threads");\n${text}`);
  const log = recordingLog();
  const heard = new EventEmitter();
  const time = { now: 0 };
  const thread = new ExporterThread({
    ...{ file, environment: { NAMED: "yes" }, elapsed: () => time.now },
    ...{ connectionString: "canary", endpoint: "http://127.0.0.1:9" },
    log: (level, event, details) => {
      log.write(level, event, details);
      heard.emit(event);
    },
  });
  threads.push(thread);
  return { thread, log, time, hears: (event: string) => once(heard, event) };
}

/** Says of each batch how many spans and measurements it has, what it says was left out, and which settings it sees. */
const tellingThread = (done: string) => `
parentPort.on("message", (message) => {
  if (message.type === "flush") { parentPort.postMessage({ type: "flushed" }); return; }
  const left = message.measurements.filter(({ name }) => name === "specimen.telemetry.left_out");
  const counts = left.map(({ value, dimensions }) => dimensions.kind + " " + value);
  const reason = [message.spans.length, message.measurements.length - left.length, ...counts, ...Object.keys(process.env)].join(" ");
  parentPort.postMessage({ type: "collector", isAway: true, reason });
  ${done}
});`;
const AT_ONCE = 'parentPort.postMessage({ type: "done", lost: 0 });';
const NEVER = "";
const LOST = 'parentPort.postMessage({ type: "done", lost: message.spans.length });';

const causes = ({ events }: { readonly events: readonly Readonly<Record<string, unknown>>[] }) =>
  events.map(({ cause }) => cause);
const DEPTH = { name: "specimen.outbox.depth", value: 1, dimensions: {} } as const;

describe("ExporterThread", () => {
  it("hands over what there is in batches, to a thread that knows nothing of the app's environment", async () => {
    const { thread, log } = threadOf(tellingThread(AT_ONCE));
    thread.measure(DEPTH);
    thread.add(spans(5_000));
    await thread.close();
    expect(causes(log)).toEqual(["2048 1 NAMED", "2048 0 NAMED", "904 0 NAMED"]);
  });

  it("bounds what waits for a collector that does not answer, counts what is left out, and sends the rest in the end", async () => {
    const { thread, log } = threadOf(tellingThread(NEVER));
    for (let count = 0; count < 100; count++) thread.add(spans(512));
    for (let count = 0; count < 10_000; count++) thread.measure(DEPTH);
    await thread.close();
    // Two batches are under way for good. Behind them 8,192 spans wait, and as many measurements.
    expect(causes(log)).toEqual([
      "512 0 NAMED",
      "512 0 NAMED",
      `8192 8192 measurement ${10_000 - 8_192} span ${51_200 - 1_024 - 8_192} NAMED`,
    ]);
  });

  it("says with the next batch what was left out, and what the collector did not take", async () => {
    const { thread, log, hears } = threadOf(tellingThread(LOST));
    thread.add(spans(9_000));
    thread.add(spans(512));
    await hears("telemetry-away");
    thread.add(spans(512));
    await thread.close();
    expect(causes(log)[0]).toBe("512 0 span 9000 NAMED");
    expect(causes(log).at(-1)).toMatch(/^512 0 (span 512 )?NAMED$/);
  });

  it("survives a thread that dies, says so without its message, and tries again after a while, not before", async () => {
    const { thread, log, time, hears } = threadOf(
      'parentPort.on("message", () => { throw new TypeError("canary"); });',
    );
    const died = hears("telemetry-stopped");
    thread.add(spans(512));
    await died;
    // The thread's end is told in the same turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.events).toEqual([{ level: "error", event: "telemetry-stopped", cause: "TypeError" }]);
    time.now = 29_999;
    for (let count = 0; count < 100; count++) thread.add(spans(512));
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.events).toHaveLength(1);
    time.now = 30_001;
    const diedAgain = hears("telemetry-stopped");
    thread.measure(DEPTH);
    await diedAgain;
    expect(log.events).toHaveLength(2);
    await thread.close();
  });

  it("starts nothing when there is nothing to send", async () => {
    const { thread, log } = threadOf("throw new Error('canary');");
    await thread.close();
    expect(log.events).toEqual([]);
  });

  it("says that its bundle is missing", async () => {
    const { thread, log, hears } = threadOf('require("./missing.cjs");');
    const died = hears("telemetry-stopped");
    thread.add(spans(512));
    await died;
    expect(log.events).toEqual([
      { level: "error", event: "telemetry-stopped", cause: "Error(MODULE_NOT_FOUND)" },
    ]);
    await thread.close();
  });
});
