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

/** A thread that runs a text. It tells by its counter, which both sides see, what it was given. */
function threadOf(text: string) {
  const file = join(folder, `${threads.length}-${String(Math.random()).slice(2)}.cjs`);
  writeFileSync(file, `const { parentPort } = require("node:worker_threads");\n${text}`);
  const log = recordingLog();
  const thread = new ExporterThread({
    ...{ file, log: log.write, environment: { NAMED: "yes" } },
    ...{ connectionString: "canary", endpoint: "http://127.0.0.1:9" },
  });
  threads.push(thread);
  return { thread, log };
}

/** Tells each batch as if it were the collector's state: the log hears it. */
const TELLING = `parentPort.on("message", (message) => {
  if (message.type === "flush") { parentPort.postMessage({ type: "flushed" }); return; }
  const left = message.measurements.find(({ name }) => name === "specimen.telemetry.left_out")?.value ?? 0;
  parentPort.postMessage({ type: "collector", isAway: true, reason: message.spans.length + "/" + left + "/" + Object.keys(process.env).sort() });
  TAKEN
});`;

describe("ExporterThread", () => {
  it("hands over what there is in batches, to a thread that knows nothing of the app's environment", async () => {
    const { thread, log } = threadOf(TELLING.replace("TAKEN", 'parentPort.postMessage({ type: "taken" });'));
    thread.measure({ name: "specimen.outbox.depth", value: 1, dimensions: {} });
    thread.add(spans(600));
    await thread.close();
    expect(log.events.map(({ event, cause }) => [event, cause])).toEqual([
      ["telemetry-away", "512/0/NAMED"],
      ["telemetry-away", "88/0/NAMED"],
    ]);
  });

  it("bounds what waits for a thread that takes nothing, and counts what is left out", async () => {
    const { thread, log } = threadOf(TELLING.replace("TAKEN", ""));
    // Four batches are under way for good; 8,192 spans wait.
    for (let count = 0; count < 100; count++) thread.add(spans(512));
    await thread.close();
    const batches = log.events.map(({ cause }) => String(cause).split("/")[0]);
    expect(batches).toEqual(["512", "512", "512", "512"]);
  });

  it("says how many were left out with the next batch that is taken", async () => {
    const { thread, log } = threadOf(TELLING.replace("TAKEN", 'parentPort.postMessage({ type: "taken" });'));
    thread.add(spans(9_000));
    thread.add(spans(1));
    await thread.close();
    expect(log.events.map(({ cause }) => cause)).toEqual(["1/9000/NAMED"]);
  });

  it("survives a thread that dies, says so without its message, and is quiet until it may try again", async () => {
    const { thread, log } = threadOf('parentPort.on("message", () => { throw new TypeError("canary"); });');
    thread.add(spans(512));
    await new Promise<void>((resolve) => {
      const look = () => (log.events.length > 0 ? resolve() : void setImmediate(look));
      look();
    });
    expect(log.events).toEqual([{ level: "error", event: "telemetry-stopped", cause: "TypeError" }]);
    for (let count = 0; count < 100; count++) thread.add(spans(512));
    await thread.close();
    expect(log.events).toHaveLength(1);
  });

  it("starts nothing when there is nothing to send", async () => {
    const { thread, log } = threadOf("throw new Error('canary');");
    await thread.close();
    expect(log.events).toEqual([]);
  });

  it("says once that the bundle is missing", async () => {
    const log = recordingLog();
    const thread = new ExporterThread({
      ...{ file: join(folder, "missing.cjs"), log: log.write, environment: {} },
      ...{ connectionString: "canary", endpoint: "http://127.0.0.1:9" },
    });
    thread.add(spans(512));
    await new Promise<void>((resolve) => {
      const look = () => (log.events.length > 0 ? resolve() : void setImmediate(look));
      look();
    });
    expect(log.events).toEqual([
      { level: "error", event: "telemetry-stopped", cause: "Error(MODULE_NOT_FOUND)" },
    ]);
    await thread.close();
  });
});
