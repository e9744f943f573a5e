import { createServer, request } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { rawRequest } from "../fixtures/raw-request.ts";
import { listenForTest } from "../fixtures/test-backend.ts";
import { refusalOf, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway(options));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const internalError =
  '{ "statusCode": 500, "message": "Internal server error", "activityId": "11111111-2222-4333-8444-555555555555" }';
const tellError = `<set-header name="x-error"><value>@(context.LastError.Source + " " + context.LastError.Reason)</value></set-header>`;

describe("forward-request", () => {
  it("drops hop-by-hop headers and those that Connection lists", async () => {
    const { url, seen } = await start({});
    const head =
      "Host: client.example\r\nOcp-Apim-Subscription-Key: partner-key\r\nX-Forwarded-For: 10.0.0.9";
    const hop =
      "Connection: close, X-Secret\r\nX-Secret: 1\r\nTE: trailers\r\nProxy-Connection: keep-alive\r\nUpgrade: h2c";
    expect(await rawRequest(url, `GET /things/1 HTTP/1.1\r\n${head}\r\n${hop}\r\n\r\n`)).toContain(
      "HTTP/1.1 200",
    );
    const headers = seen[0]?.headers;
    expect(headers).toMatchObject({
      "x-forwarded-for": "10.0.0.9, 127.0.0.1",
      "ocp-apim-subscription-key": "partner-key",
    });
    expect(headers?.host).not.toBe("client.example");
    for (const name of ["x-secret", "te", "proxy-connection", "upgrade"])
      expect(headers).not.toHaveProperty(name);
  });

  it("passes a backend's errors on as they are, through outbound", async () => {
    const { call } = await start({
      handler: (_request, response) => response.writeHead(418, { "x-app": "1" }).end("teapot"),
      outbound: '<set-header name="x-out"><value>1</value></set-header>',
      onError: tellError,
    });
    const answer = await call("/things/1");
    expect(answer).toMatchObject({ status: 418, body: "teapot", headers: { "x-app": "1", "x-out": "1" } });
    expect(answer.headers).not.toHaveProperty("x-error");
  });

  it("sends them to on-error when told to", async () => {
    const { call } = await start({
      handler: (_request, response) => response.writeHead(503, { "x-app": "1" }).end("down"),
      backend: '<forward-request fail-on-error-status-code="true" />',
      onError: tellError,
    });
    expect(await call("/things/1")).toMatchObject({
      status: 503,
      body: "down",
      headers: { "x-error": "forward-request BackendErrorStatusCode" },
    });
  });

  it("answers 500 when the backend is not there", async () => {
    const { call } = await start({
      settings: { backends: { things: "http://127.0.0.1:9" } },
      onError: tellError,
    });
    const answer = await call("/things/1");
    expect(answer).toMatchObject({
      status: 500,
      body: internalError,
      headers: { "x-error": "forward-request BackendConnectionFailure" },
    });
  });

  it("answers 500 when the backend hangs, and when it breaks off", async () => {
    const { call } = await start({
      handler: ({ url }, response) => (url === "/base/hang" ? undefined : response.destroy()),
      backend: '<forward-request timeout-ms="40" />',
      onError: tellError,
    });
    expect(await call("/things/hang")).toMatchObject({
      status: 500,
      body: internalError,
      headers: { "x-error": "forward-request Timeout" },
    });
    expect(await call("/things/break")).toMatchObject({
      status: 500,
      headers: { "x-error": "forward-request BackendConnectionFailure" },
    });
  });

  it("streams a long response, and breaks the client's connection when the backend breaks in the middle", async () => {
    const { call } = await start({
      handler: ({ url }, response) => {
        response.write("x".repeat(3_000_000));
        if (url === "/base/whole") response.end("end");
        else response.write("y", () => response.destroy());
      },
    });
    expect((await call("/things/whole")).body.length).toBe(3_000_003);
    await expect(call("/things/half")).rejects.toThrow();
  });

  it("ends the backend's call when the client goes away", async () => {
    const gone = Promise.withResolvers<true>();
    const { url } = await start({
      handler: (_request, response) => response.on("close", () => gone.resolve(true)),
    });
    const client = request(`${url}/things/1`, { headers: { "Ocp-Apim-Subscription-Key": "partner-key" } });
    client.on("error", () => undefined).end();
    const arrived = Promise.withResolvers<true>();
    const poll = setInterval(() => gateway?.seen.length && arrived.resolve(true), 1);
    await arrived.promise;
    clearInterval(poll);
    client.destroy();
    expect(await gone.promise).toBe(true);
  });

  it("answers HEAD and 204 without a body", async () => {
    const { call } = await start({
      handler: ({ url }, response) =>
        url === "/base/empty"
          ? response.writeHead(204).end()
          : response.writeHead(200, { "content-length": "5" }).end(),
    });
    expect(await call("/things/1", { method: "HEAD" })).toMatchObject({
      status: 200,
      body: "",
      headers: { "content-length": "5" },
    });
    expect(await call("/things/empty")).toMatchObject({ status: 204, body: "" });
  });

  it("hands an early refusal of a large body to the client", async () => {
    const server = createServer((incoming, response) => {
      response.writeHead(413).end("too large");
      incoming.resume();
    });
    const backend = await listenForTest(server);
    const { call } = await start({ settings: { backends: { things: backend.url } } });
    const answer = await call("/things", { method: "POST", body: Buffer.alloc(10_000_000) }).finally(
      backend.close,
    );
    expect(answer).toMatchObject({ status: 413, body: "too large" });
  });

  it("sends nothing when the section does not say so", async () => {
    const { call, seen } = await start({
      backend: "<set-variable name='a' value='b' />",
      outbound: '<set-header name="x-out"><value>1</value></set-header>',
    });
    expect(await call("/things/1")).toMatchObject({ status: 200, body: "", headers: { "x-out": "1" } });
    expect(seen).toEqual([]);
  });

  it("refuses what it does not execute", async () => {
    expect(await refusalOf({ backend: '<forward-request http-version="2" />' })).toBe(
      'api.xml:3: http-version of <forward-request> is "2"; the local gateway executes 1',
    );
    expect(await refusalOf({ backend: '<forward-request follow-redirects="true" />' })).toContain(
      "follow-redirects",
    );
    expect(await refusalOf({ backend: '<forward-request timeout="1" timeout-ms="1" />' })).toContain(
      "either timeout or timeout-ms",
    );
  });
});
