import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startCollector } from "./start-collector.ts";
import { KEY, makeEnvelope, TRACE } from "./test-support/make-envelope.ts";
import { makeTransaction } from "./test-support/make-transaction.ts";
import { serveCollector, type ServedCollector } from "./test-support/serve-collector.ts";

describe("startCollector", () => {
  let served: ServedCollector;
  beforeEach(async () => {
    served = await serveCollector({ maxItems: 20 });
  });
  afterEach(() => served.close());

  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${served.pages}${path}`, { redirect: "manual", ...init });
  const read = async (resource: string) => (await get(`/telemetry/api/${resource}`)).json();

  it("says what the SDK is configured with", async () => {
    const { connectionString, url, instrumentationKey } = served.collector;
    expect(connectionString).toBe(`InstrumentationKey=${KEY};IngestionEndpoint=${url}/`);
    expect(instrumentationKey).toBe(KEY);
    const other = await startCollector({ instrumentationKey: "22222222-0000-0000-0000-000000000000" });
    const response = await fetch(`${other.url}/v2.1/track`, {
      method: "POST",
      body: JSON.stringify(makeEnvelope()),
    });
    expect(response.status).toBe(400);
    await other.close();
  });

  it("names the port that it cannot have", async () => {
    const port = Number(new URL(served.collector.url).port);
    await expect(startCollector({ port })).rejects.toThrow(`${port}`);
  });

  it("tells of a transaction that came from the gateway's process and from an app's", async () => {
    const [gateway, app] = [makeTransaction().slice(0, 3), makeTransaction().slice(3)];
    served.collector.receive(gateway);
    await fetch(`${served.collector.url}/v2.1/track`, { method: "POST", body: JSON.stringify(app) });
    const expected = {
      traceId: TRACE,
      spans: 7,
      stored: 7,
      dropped: 0,
      roots: [{ id: "g", children: [{ kind: "message" }, { id: "gc" }] }],
    };
    expect(await read(`transactions/${TRACE}`)).toMatchObject(expected);
    expect(await read(`transactions/00-${TRACE.toUpperCase()}-62ba8f4851367663-01`)).toMatchObject(expected);
    expect(await read("map")).toMatchObject({
      edges: [{ to: "patient" }, { to: "audit" }, { to: "mongodb|audit" }],
    });
    expect(await read("failures")).toEqual({ failures: [], stored: 7, dropped: 0 });
    expect(await read("metrics")).toEqual({ metrics: [], stored: 7, dropped: 0 });
    expect(await read("requests?limit=2&service=patient&failed=false")).toMatchObject({
      requests: [{ id: "p" }],
    });
  });

  it("tells that older items were dropped", async () => {
    served.collector.receive(Array.from({ length: 25 }, (_, index) => makeEnvelope({ id: `${index}` })));
    expect(await read("requests?limit=1")).toMatchObject({ stored: 20, dropped: 5 });
    expect(await read(`transactions/${"f".repeat(32)}`)).toMatchObject({
      status: 404,
      detail: expect.stringContaining("5 older"),
    });
  });

  it.each([
    ["transactions/xyz", 400, /32 hexadecimal digits/],
    [`transactions/${"0".repeat(32)}`, 400, /32 hexadecimal digits/],
    ["transactions", 400, /32 hexadecimal digits/],
    [`transactions/${"f".repeat(32)}`, 404, /not have arrived/],
    ["requests?limit=0", 400, /limit/],
    ["requests?limit=1001", 400, /limit/],
    ["requests?failed=maybe", 400, /failed/],
    ["nothing", 404, /no such/],
    ["map/x", 404, /no such/],
    ["constructor", 404, /no such/],
  ])("answers %s with problem %d", async (resource, status, detail) => {
    const response = await get(`/telemetry/api/${resource}`);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json",
    ]);
    expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(detail) });
  });

  it("serves the page under a strict policy", async () => {
    const response = await get("/telemetry/");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:/,
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const page = await response.text();
    for (const [, file] of page.matchAll(/(?:src|href)="([^"#]+)"/g))
      expect((await get(`/telemetry/${file}`)).status).toBe(200);
    expect(page).not.toMatch(/<style|style=|onclick|https?:/);
  });

  it("redirects to the page's own folder", async () => {
    const response = await get("/telemetry");
    expect([response.status, response.headers.get("location")]).toEqual([301, "/telemetry/"]);
  });

  it.each([
    "/telemetry/..%2fstart-collector.ts",
    "/telemetry/main.ts",
    "/telemetry/x.js",
    "/telemetry/pages/main.js",
    "/telemetryx",
  ])("finds nothing at %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it("lets nobody write, and answers HEAD without content", async () => {
    expect((await get("/telemetry/", { method: "POST", body: "x" })).status).toBe(405);
    expect((await get("/telemetry/api/requests", { method: "DELETE" })).headers.get("allow")).toBe(
      "GET, HEAD",
    );
    for (const path of ["/telemetry/", "/telemetry/api/live", "/telemetry/api/map"]) {
      const response = await get(path, { method: "HEAD" });
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
  });
});
