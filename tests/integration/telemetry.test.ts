import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { stop } from "esbuild";
import { bundleExporter } from "../../generator/build/bundle-exporter.ts";
import { startDatabase } from "../../platform/database/start-database.ts";
import { settingsFrom } from "../../runtime/configuration.ts";
import { database } from "../../runtime/database/database.ts";
import type { Database } from "../../runtime/database/database.ts";
import { inSpan } from "../../runtime/telemetry/current-span.ts";
import { exporterEnvironment } from "../../runtime/telemetry/exporter/exporter-environment.ts";
import { ExporterThread } from "../../runtime/telemetry/exporter/exporter-thread.ts";
import type { SpanRecord } from "../../runtime/telemetry/span-record.ts";
import { caught } from "../../runtime/testing/caught.ts";
import { recordingLog } from "../../runtime/testing/recording-log.ts";
import { recordingTelemetry } from "../../runtime/testing/recording-telemetry.ts";

const CANARY = "canary7b1f";

/** The driver's own events, from the embedded database. */
describe("commands of the database", () => {
  let directory: string;
  let server: Awaited<ReturnType<typeof startDatabase>>;
  let data: Database;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "specimen-telemetry-"));
    server = await startDatabase({ directory, name: "patient" });
    const value = () => Promise.resolve(server.uri);
    const options = { name: "patient", collections: [], timeoutMs: 5_000, observed: true };
    data = database({ uri: { value, refresh: value }, ...options });
  });
  afterAll(async () => {
    await data.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("are calls of the span that sends them, by command and collection alone", async () => {
    const db = await data.connected();
    const telemetry = recordingTelemetry();
    const { span, end } = telemetry.tracer.request("GET /a", null, {});
    await inSpan(span, async () => {
      await db.collection("patients").insertMany(Array.from({ length: 3 }, () => ({ firstName: CANARY })));
      await db.collection("patients").find({ firstName: CANARY }).batchSize(1).toArray();
      await db.collection("patients").updateOne({ firstName: CANARY }, { $set: { postCode: CANARY } });
      await db.collection("patients").countDocuments({ postCode: CANARY });
    });
    end();
    expect(telemetry.spans.map(({ name, parentId }) => [name, parentId])).toEqual([
      ...["insert", "find", "getMore", "getMore", "update", "aggregate"].map((command) => [
        `${command} patients`,
        span.spanId,
      ]),
      ["GET /a", undefined],
    ]);
    expect(telemetry.spans[0]?.attributes).toMatchObject({
      ...{ "db.system": "mongodb", "db.name": "patient", "db.operation": "insert patients" },
    });
    expect(JSON.stringify(telemetry.spans)).not.toContain(CANARY);
  });

  it("that fail are failed calls, told by name and code", async () => {
    const db = await data.connected();
    const telemetry = recordingTelemetry();
    const { span, end } = telemetry.tracer.request("GET /a", null, {});
    await inSpan(span, () => caught(() => db.collection("patients").find({ $canary: CANARY }).toArray()));
    end();
    expect(telemetry.spans[0]).toMatchObject({
      ...{ name: "find patients", failed: true, exception: { type: "MongoServerError(2)" } },
    });
    expect(JSON.stringify(telemetry.spans)).not.toContain("canary");
  });

  it("of requests at the same time are kept apart, on shared connections", async () => {
    const db = await data.connected();
    const telemetry = recordingTelemetry();
    const roots = Array.from({ length: 100 }, () => telemetry.tracer.request("GET /a", null, {}));
    await Promise.all(
      roots.map(({ span }) => inSpan(span, () => db.collection("patients").find({}).limit(1).toArray())),
    );
    for (const { end } of roots) end();
    const finds = telemetry.spans.filter(({ kind }) => kind === "client");
    expect(finds.map(({ traceId, parentId }) => `${traceId} ${parentId}`).sort()).toEqual(
      roots.map(({ span }) => `${span.traceId} ${span.spanId}`).sort(),
    );
  });

  it("that nobody waits for are nobody's", async () => {
    const db = await data.connected();
    const telemetry = recordingTelemetry();
    await db.collection("patients").find({}).toArray();
    expect(telemetry.spans).toEqual([]);
  });
});

/** The bundle that is shipped, with the SDK in it, and a server in the place of Azure Monitor's. */
describe("the exporter's bundle", () => {
  const project = join(import.meta.dirname, "../..");
  const KEY = "00000000-0000-0000-0000-000000000001";
  let file: string;
  beforeAll(async () => {
    file = join(project, (await bundleExporter(project)) ?? "");
    await stop();
  });

  interface Item {
    readonly name: string;
    readonly tags: Record<string, string>;
    readonly data: { readonly baseType: string; readonly baseData: Record<string, unknown> };
  }

  interface Collector {
    readonly url: string;
    readonly items: Item[];
    answer: "take" | "fail" | "hang";
    /** Resolves when it takes something the next time. */
    readonly taken: () => Promise<unknown>;
    /** Resolves when it answers 500 the next time. */
    readonly refused: () => Promise<unknown>;
    close(): Promise<void>;
  }
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  async function collector(port = 0): Promise<Collector> {
    const items: Collector["items"] = [];
    const made: Collector = {
      url: "",
      ...{ items, answer: "take" },
      taken: () => once(server, "taken"),
      refused: () => once(server, "refused"),
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
    const server: Server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        if (made.answer === "hang") return;
        if (made.answer === "take") items.push(...(JSON.parse(text) as Collector["items"]));
        server.emit(made.answer === "take" ? "taken" : "refused");
        response.writeHead(made.answer === "take" ? 200 : 500, { "content-type": "application/json" });
        response.end('{"itemsReceived":1,"itemsAccepted":1,"errors":[]}');
      });
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const address = server.address();
    open.push(made);
    return Object.assign(made, {
      url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    });
  }

  function exporterTo(url: string, intervalMs = 60_000) {
    const log = recordingLog();
    const events = new EventEmitter();
    const write: typeof log.write = (level, event, details) => {
      log.write(level, event, details);
      events.emit(event);
    };
    const thread = new ExporterThread({
      ...{ file, log: write, endpoint: url },
      connectionString: `InstrumentationKey=${KEY};IngestionEndpoint=${url}/`,
      environment: exporterEnvironment({ name: "patient", instance: "one", intervalMs }, settingsFrom({})),
    });
    open.push(thread);
    return { thread, log, heard: (event: string) => once(events, event) };
  }

  const SPAN: SpanRecord = {
    ...{ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", kind: "server" },
    ...{
      name: "GET /patient/{patientId}",
      startMs: Date.parse("2026-11-20T08:30:00.000Z"),
      durationMs: 12.5,
    },
    ...{ failed: false, links: [], sampleRate: 100 },
    attributes: {
      "http.request.method": "GET",
      "http.route": "/patient/{patientId}",
      "http.response.status_code": 200,
    },
  };

  it("sends what the app has recorded, with its own ids and times", async () => {
    const { url, items, taken } = await collector();
    const { thread } = exporterTo(url);
    thread.add([
      { ...SPAN, parentId: "00f067aa0ba902b7" },
      {
        ...SPAN,
        traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
        name: "audit-relay",
        attributes: { "specimen.job": "audit-relay" },
      },
      {
        ...SPAN,
        ...{
          spanId: "00000000000000a1",
          parentId: SPAN.spanId,
          kind: "client",
          name: "find patients",
          failed: true,
        },
        ...{
          sampleRate: 25,
          links: [{ traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00000000000000b2" }],
        },
        exception: { type: "MongoServerError(2)", frames: "    at f (index.cjs:1:2)" },
        attributes: { "db.system": "mongodb", "db.name": "patient", "db.operation": "find patients" },
      },
    ]);
    while (items.length < 4) await taken();
    const told = items.map(({ tags, data, ...item }) => ({ ...item, ...tags, ...data.baseData }));
    expect(told).toMatchObject([
      {
        ...{ "ai.cloud.role": "patient", "ai.cloud.roleInstance": "one", id: SPAN.spanId },
        ...{
          "ai.operation.id": SPAN.traceId,
          "ai.operation.parentId": "00f067aa0ba902b7",
          time: "2026-11-20T08:30:00.000Z",
        },
        ...{
          name: "GET /patient/{patientId}",
          duration: "00:00:00.0125",
          responseCode: "200",
          success: true,
          url: "",
        },
      },
      { "ai.operation.id": "4bf92f3577b34da6a3ce929d0e0e4736", name: "audit-relay", id: SPAN.spanId },
      {
        ...{
          "ai.operation.parentId": SPAN.spanId,
          id: "00000000000000a1",
          type: "mongodb",
          data: "find patients",
        },
        ...{ success: false, sampleRate: 25 },
        properties: {
          "_MS.links": '[{"operation_Id":"4bf92f3577b34da6a3ce929d0e0e4736","id":"00000000000000b2"}]',
        },
      },
      {
        ...{ "ai.operation.id": SPAN.traceId, "ai.operation.parentId": "00000000000000a1" },
        exceptions: [{ typeName: "MongoServerError(2)", message: "MongoServerError(2)" }],
      },
    ]);
    expect(told[1]).not.toHaveProperty(["ai.operation.parentId"]);
  });

  it("lets nothing out that is not on the list, whoever put it there", async () => {
    const { url, items, taken } = await collector();
    const { thread } = exporterTo(url);
    const attributes = {
      "db.statement": CANARY,
      "url.full": `http://${CANARY}/`,
      "http.route": `/${CANARY} ${CANARY}`,
    };
    const exception = { type: `${CANARY} ${CANARY}`, frames: `    at ${CANARY} ${CANARY}` };
    thread.add([{ ...SPAN, name: `find ${CANARY}?`, attributes, exception }]);
    thread.measure({ name: "specimen.outbox.depth", value: 1, dimensions: { [CANARY]: CANARY } });
    thread.measure({
      name: "specimen.validation.failures",
      value: 1,
      dimensions: { rule: `${CANARY} ${CANARY}` },
    });
    while (items.length < 1) await taken();
    await thread.close();
    expect(items.map(({ data }) => data.baseType)).toEqual([
      ...["RequestData", "ExceptionData", "MetricData", "MetricData"],
    ]);
    expect(JSON.stringify(items)).not.toContain(CANARY);
  });

  it("sums metrics up and sends them at intervals", async () => {
    const { url, items, taken } = await collector();
    const { thread } = exporterTo(url, 200);
    for (const value of [1, 2, 6])
      thread.measure({ name: "specimen.audit.duration", value, dimensions: { sink: "register" } });
    thread.measure({ name: "specimen.outbox.depth", value: 7, dimensions: {} });
    while (items.length < 2) await taken();
    expect(items.map(({ data }) => data.baseData)).toMatchObject([
      {
        metrics: [{ name: "specimen.audit.duration", value: 9, count: 3, min: 1, max: 6 }],
        properties: { sink: "register" },
      },
      { metrics: [{ name: "specimen.outbox.depth", value: 7 }] },
    ]);
  });

  it("says once that the collector is away, and once that it is back", async () => {
    const first = await collector();
    first.answer = "fail";
    const { thread, log, heard } = exporterTo(first.url);
    const sending = setInterval(() => thread.add([SPAN]), 20).unref();
    await heard("telemetry-away");
    first.answer = "take";
    await heard("telemetry-back");
    await first.close();
    await heard("telemetry-away");
    clearInterval(sending);
    expect(log.events.map(({ event, cause }) => [event, cause])).toEqual([
      ["telemetry-away", "500"],
      ["telemetry-back", undefined],
      ["telemetry-away", expect.stringMatching(/^ECONN(REFUSED|RESET)$/)],
    ]);
  });

  it("counts what a collector that is away has missed", async () => {
    const made = await collector();
    made.answer = "fail";
    const { thread } = exporterTo(made.url, 200);
    thread.add([SPAN, SPAN]);
    // It tries twice.
    await made.refused();
    await made.refused();
    made.answer = "take";
    const sending = setInterval(() => thread.add([SPAN]), 50).unref();
    const isCounted = () => JSON.stringify(made.items).includes("specimen.telemetry.left_out");
    while (!isCounted()) await made.taken();
    clearInterval(sending);
  });

  it("comes to its end although the collector never answers", async () => {
    const hanging = await collector();
    hanging.answer = "hang";
    const { thread } = exporterTo(hanging.url);
    thread.add([SPAN]);
    await thread.close();
  });

  it("speaks to the collector alone: what would ask Microsoft's servers for settings is not in it", async () => {
    const { readFile } = await import("node:fs/promises");
    const text = await readFile(file, "utf8");
    // The class that asks would wait between these before it does.
    expect(text).not.toMatch(/OneSettings configuration refresh failed/);
    expect(text).toContain("in.applicationinsights");
  });
});
