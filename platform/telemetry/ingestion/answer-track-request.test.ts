import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { makeEnvelope } from "../test-support/make-envelope.ts";
import { serveCollector, type ServedCollector } from "../test-support/serve-collector.ts";

const MEBIBYTE = 1024 * 1024;

describe("the ingestion endpoint", () => {
  let served: ServedCollector;
  beforeEach(async () => {
    served = await serveCollector();
  });
  afterEach(() => served.close());

  const post = (body: string | Buffer, headers: Record<string, string> = {}, path = "/v2.1/track") =>
    fetch(`${served.collector.url}${path}`, { method: "POST", body: Buffer.from(body), headers });
  const outcome = async (response: Response) => [response.status, await response.json()];
  const accepted = (items: number) => [200, { itemsReceived: items, itemsAccepted: items, errors: [] }];
  const names = async () => {
    const response = await fetch(`${served.pages}/telemetry/api/requests`);
    const { requests } = (await response.json()) as { requests: { name: string }[] };
    return requests.map(({ name }) => name).sort();
  };
  const a = makeEnvelope({ id: "a", data: { name: "a" } });
  const b = makeEnvelope({ id: "b", data: { name: "b" } });

  it.each([
    ["an array", JSON.stringify([a, b]), 2],
    ["one envelope", JSON.stringify(a), 1],
    ["one envelope on several lines", JSON.stringify(a, null, 2), 1],
    ["an envelope a line", `${JSON.stringify(a)}\r\n\n${JSON.stringify(b)}\n`, 2],
  ])("takes %s", async (_what, body, count) => {
    expect(await outcome(await post(body))).toEqual(accepted(count));
    expect(await names()).toEqual(["a", "b"].slice(0, count));
  });

  it("takes what is compressed, and the older path", async () => {
    const body = JSON.stringify([a, b]);
    expect(await outcome(await post(gzipSync(body), { "content-encoding": "gzip" }))).toEqual(accepted(2));
    expect(await outcome(await post(deflateSync(body), { "content-encoding": "deflate" }))).toEqual(
      accepted(2),
    );
    expect(await outcome(await post(body, {}, "/v2/track?x=1"))).toEqual(accepted(2));
  });

  it("takes the good ones of a body, and names the others", async () => {
    const foreign = { ...a, iKey: "11111111-1111-1111-1111-111111111111" };
    const body = [
      a,
      null,
      foreign,
      { ...b, time: "yesterday" },
      { ...b, data: { baseType: "RequestData" } },
      b,
    ];
    expect(await outcome(await post(JSON.stringify(body)))).toEqual([
      206,
      {
        itemsReceived: 6,
        itemsAccepted: 2,
        errors: [
          { index: 1, statusCode: 400, message: "An envelope is a JSON object" },
          { index: 2, statusCode: 400, message: "Invalid instrumentation key" },
          { index: 3, statusCode: 400, message: "Field 'time' is not a date" },
          { index: 4, statusCode: 400, message: "Field 'data.baseData' is required" },
        ],
      },
    ]);
    expect(await names()).toEqual(["a", "b"]);
    expect((await post(`${JSON.stringify(a)}\n{"broken\n`)).status).toBe(206);
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "hello"],
    ["no items", "[]"],
    ["half an array", `[${JSON.stringify(a)}`],
    ["a number", "7"],
    ["no envelope", '[{"__proto__":{"name":"x"}}]'],
    ["another resource's", JSON.stringify({ ...a, iKey: "" })],
    ["a nest of arrays", "[".repeat(200_000) + "]".repeat(200_000)],
    ["an unfinished nest", '{"a":'.repeat(200_000)],
  ])("refuses a body with %s", async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ itemsAccepted: 0, errors: [{ statusCode: 400 }] });
    expect(await names()).toEqual([]);
  });

  it("shows an envelope that is nested deeper than a stack can follow", async () => {
    const deep = `${'{"x":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const body = JSON.stringify(a).replace('"properties":{}', `"properties":{"deep":${deep}}`);
    expect((await post(body)).status).toBe(200);
    expect(await names()).toEqual(["a"]);
  });

  it("refuses a body that is too long, as announced, as sent and as inflated", async () => {
    expect((await post("x".repeat(16 * MEBIBYTE + 1))).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(256 * MEBIBYTE, " "));
    expect(bomb.length).toBeLessThan(MEBIBYTE);
    expect((await post(bomb, { "content-encoding": "gzip" })).status).toBe(413);
    expect((await post(`[${"0,".repeat(100_000)}0]`)).status).toBe(413);
    expect((await post("0\n".repeat(200_000))).status).toBe(413);
  });

  it("stops reading a body of unknown length once it is too long", async () => {
    const request = httpRequest(`${served.collector.url}/v2.1/track`, { method: "POST" });
    // The collector closes while this side still writes.
    request.on("error", () => undefined);
    const answered = once(request, "response") as Promise<[{ statusCode: number }]>;
    for (let sent = 0; sent <= 16; sent += 1) request.write(Buffer.alloc(MEBIBYTE, " "));
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    request.destroy();
  });

  it("lists no more faults than a sender can use", async () => {
    const response = await post(`[${"0,".repeat(50_000)}0]`);
    const { itemsReceived, errors } = (await response.json()) as { itemsReceived: number; errors: unknown[] };
    expect([response.status, itemsReceived, errors.length]).toEqual([400, 50_001, 1000]);
  });

  it.each([
    ["a broken gzip", "gzip", 400],
    ["an encoding that it does not know", "br", 415],
  ])("refuses %s", async (_what, encoding, status) => {
    expect((await post("hello", { "content-encoding": encoding })).status).toBe(status);
  });

  it("answers no other path and no other method", async () => {
    expect((await post("[]", {}, "/v3/track")).status).toBe(404);
    const response = await fetch(`${served.collector.url}/v2.1/track`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("ends a body that never ends when it is closed", async () => {
    const socket = connect(Number(new URL(served.collector.url).port), "127.0.0.1");
    // A reset is as good an end as any.
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await once(socket, "connect");
    socket.write(
      "POST /v2.1/track HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 1000\r\n\r\n",
    );
    await once(socket, "data");
    socket.write("[");
    await served.collector.close();
    await closed;
  });
});
