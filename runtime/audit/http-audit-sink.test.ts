import { afterEach, describe, expect, it } from "@jest/globals";
import type { Secret } from "../secrets/secret-store.ts";
import { caught } from "../testing/caught.ts";
import { contractSchema } from "../testing/contract-schema.ts";
import { localServer } from "../testing/local-server.ts";
import { noTelemetry } from "../telemetry/telemetry.ts";
import { recordingTelemetry } from "../testing/recording-telemetry.ts";
import { someSpan, TRACE_ID } from "../testing/some-span.ts";
import type { Answer, LocalServer, SeenRequest } from "../testing/local-server.ts";
import type { AuditRecord } from "./audit-record.ts";
import { auditClient, AuditUnavailableError } from "./audit-client.ts";
import { httpAuditSink } from "./http-audit-sink.ts";

const ACCESS = "0198c0de-0000-7000-8000-0000000000aa";
const OWN_CALL = new RegExp(`^00-${TRACE_ID}-[0-9a-f]{16}-0[01]$`);
const { meter } = noTelemetry;
const RECORD: AuditRecord = {
  id: `${ACCESS}:intent`,
  accessId: ACCESS,
  phase: "intent",
  createdDate: "2026-11-20T08:30:00.000Z",
  sourceSystemName: "patient",
  operationId: "getPatient",
  action: "R",
  resource: { type: "patient", operation: "read" },
  actor: { subscription: "partner-1" },
  traceId: "0af7651916cd43dd8448eb211c80319c",
  requestId: ACCESS,
};

const isBatch = contractSchema({ $ref: "audit.yaml#/components/schemas/AuditRecordBatch" });
const never = () => new Promise<never>(() => undefined);

/** A key that is `old` until it is read again. */
function rotatedKey(): Secret & { refreshed: number } {
  const key = {
    refreshed: 0,
    value: () => Promise.resolve(key.refreshed > 0 ? "new" : "old"),
    refresh: () => Promise.resolve(++key.refreshed > 0 ? "new" : "old"),
  };
  return key;
}

describe("httpAuditSink", () => {
  const servers: LocalServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  /** A receipt for every record of the batch. */
  const receipt = ({ body }: SeenRequest): Answer => {
    const { records } = JSON.parse(body) as { records: unknown[] };
    return { status: 200, body: JSON.stringify({ stored: records.length, duplicates: 0, conflicts: [] }) };
  };

  async function register(answer: (request: SeenRequest) => Answer | Promise<Answer>, port = 0) {
    const server = await localServer(answer, port);
    servers.push(server);
    return server;
  }

  const clientOf = ({ url }: { url: string }) =>
    auditClient({ url, key: rotatedKey(), connections: 4, connectTimeoutMs: 10_000 });

  const sinkOf = ({ url }: { url: string }, key: Secret = rotatedKey(), timeoutMs = 10_000) => {
    const client = auditClient({ url, key, connections: 4, connectTimeoutMs: timeoutMs });
    const sink = httpAuditSink({ client, concurrency: 4, timeoutMs, meter });
    return () => sink.append(RECORD, someSpan());
  };

  it("sends what the contract asks for, with the key and the trace", async () => {
    const server = await register(receipt);
    await sinkOf(server)();
    const [request] = server.seen;
    expect(request).toMatchObject({ method: "POST", url: "/auditrecords" });
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "x-functions-key": "old",
      traceparent: expect.stringMatching(OWN_CALL),
    });
    const body: unknown = JSON.parse(request?.body ?? "");
    expect(body).toEqual({ records: [RECORD] });
    expect(isBatch(body)).toBe(true);
  });

  it("sends records of one turn together, each answered by one acknowledgement", async () => {
    const server = await register(receipt);
    const append = sinkOf(server);
    await Promise.all(Array.from({ length: 100 }, append));
    expect(server.seen).toHaveLength(1);
  });

  it("is a call of each record's access; what travels together is in the trace of one, and the others link to it", async () => {
    const server = await register(receipt);
    const telemetry = recordingTelemetry();
    const client = clientOf(server);
    const sink = httpAuditSink({ client, concurrency: 4, timeoutMs: 10_000, meter: telemetry.meter });
    const roots = Array.from({ length: 3 }, () => telemetry.tracer.request("GET /a", null, {}));
    await Promise.all(roots.map(({ span }) => sink.append(RECORD, span)));
    for (const { end } of roots) end();
    const calls = telemetry.spans.filter(({ kind }) => kind === "client");
    expect(calls.map(({ traceId, parentId }) => [traceId, parentId])).toEqual(
      roots.map(({ span }) => [span.traceId, span.spanId]),
    );
    const [carrier, ...others] = calls;
    expect(server.seen.map(({ headers }) => headers.traceparent)).toEqual([
      `00-${carrier?.traceId}-${carrier?.spanId}-01`,
    ]);
    expect(carrier).toMatchObject({
      ...{ name: "POST /auditrecords", failed: false, links: [] },
      attributes: {
        "http.request.method": "POST",
        "server.address": `127.0.0.1:${server.port}`,
        "http.response.status_code": 200,
      },
    });
    for (const { links } of others)
      expect(links).toEqual([{ traceId: carrier?.traceId, spanId: carrier?.spanId }]);
    expect(telemetry.measurements).toMatchObject([
      { name: "specimen.audit.batch_size", value: 3 },
      ...Array.from({ length: 3 }, () => ({
        name: "specimen.audit.duration",
        dimensions: { sink: "register" },
      })),
    ]);
  });

  it("travels in a trace that is recorded, when there is one", async () => {
    const server = await register(receipt);
    const telemetry = recordingTelemetry();
    const client = clientOf(server);
    const sink = httpAuditSink({ client, concurrency: 4, timeoutMs: 10_000, meter });
    const { span } = telemetry.tracer.request("GET /a", null, {});
    await Promise.all([sink.append(RECORD, someSpan()), sink.append(RECORD, span)]);
    expect(server.seen[0]?.headers.traceparent).toContain(span.traceId);
  });

  it("is a failed call when the register refuses it", async () => {
    const server = await register(() => ({ status: 503 }));
    const telemetry = recordingTelemetry();
    const client = clientOf(server);
    const sink = httpAuditSink({ client, concurrency: 4, timeoutMs: 10_000, meter });
    const { span, end } = telemetry.tracer.request("GET /a", null, {});
    await caught(() => sink.append(RECORD, span));
    end();
    expect(telemetry.spans[0]).toMatchObject({
      ...{ failed: true, exception: { type: "AuditUnavailableError" } },
      attributes: { "http.response.status_code": 503 },
    });
  });

  it("never sends a batch that the contract refuses for its length", async () => {
    const server = await register(receipt);
    const append = sinkOf(server);
    await Promise.all(Array.from({ length: 1_000 }, append));
    const bodies = server.seen.map((request): unknown => JSON.parse(request.body));
    expect(bodies.filter((body) => !isBatch(body))).toEqual([]);
    expect(bodies.length).toBeGreaterThan(1);
  });

  it("reads the key again after a 401, once", async () => {
    const server = await register((request) =>
      request.headers["x-functions-key"] === "new" ? receipt(request) : { status: 401 },
    );
    const key = rotatedKey();
    const append = sinkOf(server, key);
    await append();
    await append();
    expect(key.refreshed).toBe(1);
    expect(server.seen.map(({ headers }) => headers["x-functions-key"])).toEqual(["old", "new", "new"]);
  });

  it("gives up after a second 401", async () => {
    const server = await register(() => ({ status: 401, body: "canary" }));
    const error = await caught(sinkOf(server));
    expect(error).toBeInstanceOf(AuditUnavailableError);
    expect(String(error)).toBe("AuditUnavailableError: The Audit API answered 401.");
    expect(server.seen).toHaveLength(2);
  });

  it.each([500, 503, 403, 404, 400, 413, 429, 201, 204, 302])("takes %d for not stored", async (status) => {
    const server = await register(() => ({ status }));
    await expect(sinkOf(server)()).rejects.toThrow(`answered ${status}`);
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "stored"],
    ["no receipt", "{}"],
    ["a receipt for fewer records", '{"stored":0,"duplicates":0,"conflicts":[]}'],
    ["a receipt for more records", '{"stored":1,"duplicates":1,"conflicts":[]}'],
  ])("takes a 200 with %s for not stored", async (_what, body) => {
    const server = await register(() => ({ status: 200, body }));
    expect(await caught(sinkOf(server))).toBeInstanceOf(AuditUnavailableError);
  });

  it("fails the records that the register contradicts, and no others", async () => {
    const other = { ...RECORD, id: `${ACCESS}:outcome` };
    const body = JSON.stringify({ stored: 1, duplicates: 0, conflicts: [other.id] });
    const { url } = await register(() => ({ status: 200, body }));
    const client = auditClient({ url, key: rotatedKey(), connections: 1, connectTimeoutMs: 10_000 });
    const sink = httpAuditSink({ client, concurrency: 1, timeoutMs: 10_000, meter });
    const [first, second] = await Promise.allSettled(
      [RECORD, other].map((one) => sink.append(one, someSpan())),
    );
    expect(first?.status).toBe("fulfilled");
    expect(second).toMatchObject({ status: "rejected", reason: { name: "RecordConflictError" } });
  });

  it("does not wait longer than it may for a register that hangs", async () => {
    const server = await register(() => "hang");
    await expect(sinkOf(server, rotatedKey(), 30)()).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it.each(["value", "refresh"] as const)("does not wait longer for a vault that hangs (%s)", async (call) => {
    const server = await register(() => ({ status: 401 }));
    const key = { ...rotatedKey(), [call]: never };
    await expect(sinkOf(server, key, 30)()).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("stores nothing without its key", async () => {
    const server = await register(receipt);
    const key = { ...rotatedKey(), value: () => Promise.reject(new Error("no secret")) };
    await expect(sinkOf(server, key)()).rejects.toThrow("no secret");
    expect(server.seen).toHaveLength(0);
  });

  it("says that a register is not there", async () => {
    const server = await register(receipt);
    await server.close();
    await expect(sinkOf(server)()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("serves again by itself after a refusal, a hang and a register that was gone", async () => {
    const answers: Answer[] = [{ status: 500 }, "hang"];
    const server = await register((request) => answers.shift() ?? receipt(request));
    const append = sinkOf(server, rotatedKey(), 250);
    await expect(append()).rejects.toThrow("answered 500");
    await expect(append()).rejects.toThrow();
    await append();
    await server.close();
    await expect(append()).rejects.toThrow();
    await register(receipt, server.port);
    await append();
  });
});
