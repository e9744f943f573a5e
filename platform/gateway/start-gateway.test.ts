import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { rawRequest } from "./fixtures/raw-request.ts";
import { partnerKey, refusalOf, startTestGateway, testGuid } from "./fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "./fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options?: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway(options));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const notFound = '{ "statusCode": 404, "message": "Resource not found" }';
const missingKey =
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }';
const invalidKey =
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';

describe("matching", () => {
  it("sends what matches to the backend, path and query as they were", async () => {
    const { call, seen } = await start();
    const answer = await call("/things/a%20b%2Fc?x=%31&x=2&", { headers: { "X-One": "1" } });
    expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(seen[0]).toMatchObject({ method: "GET", url: "/base/a%20b%2Fc?x=%31&x=2&" });
    expect(seen[0]?.headers).toMatchObject({ "x-one": "1", "x-forwarded-for": "127.0.0.1" });
  });

  it("tolerates a trailing slash", async () => {
    const { call, seen } = await start();
    expect((await call("/things")).status).toBe(200);
    expect((await call("/things/")).status).toBe(200);
    expect((await call("/things/1/")).status).toBe(200);
    expect(seen.map(({ url }) => url)).toEqual(["/base", "/base/", "/base/1/"]);
  });

  it.each([
    ["GET", "/"],
    ["GET", "/nothing"],
    ["GET", "/things/1/2"],
    ["GET", "//things"],
    ["GET", "/things//"],
    ["GET", "/thingsandmore"],
    ["DELETE", "/things/1"],
    ["OPTIONS", "/things"],
    ["GET", "/things/%"],
    ["GET", "/things/%ff"],
    ["GET", "/things/a%00b"],
    ["GET", "/things/%2e%2e"],
    ["GET", "/__proto__/constructor"],
  ])(
    "answers %s %s with the 404 of an unmatched operation, before any key is looked at",
    async (method, path) => {
      const { call, seen } = await start();
      const answer = await call(path, { method, key: null });
      expect(answer).toMatchObject({ status: 404, body: notFound });
      expect(answer.headers).toMatchObject({ "content-type": "application/json", "content-length": "54" });
      expect(seen).toEqual([]);
    },
  );

  it("resolves no dot segments", async () => {
    const { url, seen } = await start();
    const answer = await rawRequest(
      url,
      `GET /things/../other HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain("HTTP/1.1 404");
    expect(seen).toEqual([]);
  });
});

describe("subscription keys", () => {
  const subscriptions = [
    { id: "p", name: "P", key: partnerKey, secondaryKey: "second", scope: { product: "partner" } },
    { id: "off", name: "Off", key: "suspended", scope: { product: "partner" }, state: "suspended" },
    { id: "other", name: "Other", key: "other-product", scope: { product: "elsewhere" } },
    { id: "api", name: "Api", key: "api-key", scope: { api: "things" } },
    { id: "api2", name: "Api 2", key: "api2-key", scope: { api: "elsewhere" } },
    { id: "all", name: "All", key: "all-key", scope: "all" as const },
  ];

  it("answers a missing key byte for byte, with the challenge", async () => {
    const { url, call } = await start();
    const answer = await call("/things/1", { key: null });
    expect(answer).toMatchObject({ status: 401, body: missingKey });
    expect(Buffer.byteLength(answer.body)).toBe(152);
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "www-authenticate": `AzureApiManagementKey realm="https://${new URL(url).host}/things",name="Ocp-Apim-Subscription-Key",type="header"`,
    });
  });

  it.each(["wrong", "suspended", "other-product", "api2-key", "__proto__", `${partnerKey},${partnerKey}`])(
    "answers the key %j as invalid",
    async (key) => {
      const { call, seen } = await start({ subscriptions });
      const answer = await call("/things/1", { key });
      expect(answer).toMatchObject({ status: 401, body: invalidKey });
      expect(answer.headers["www-authenticate"]).toContain("/things");
      expect(seen).toEqual([]);
    },
  );

  it.each([partnerKey, "second", "api-key", "all-key"])("admits the key %j", async (key) => {
    const { call } = await start({ subscriptions });
    expect((await call("/things/1", { key })).status).toBe(200);
  });

  it("looks at the query only when the header is absent", async () => {
    const { call } = await start();
    expect((await call(`/things/1?subscription-key=${partnerKey}`, { key: null })).status).toBe(200);
    expect((await call("/things/1?subscription-key=wrong", { key: null })).body).toBe(invalidKey);
    expect((await call(`/things/1?subscription-key=${partnerKey}`, { key: "wrong" })).body).toBe(invalidKey);
  });

  it("asks for none where the API asks for none, but refuses a wrong one", async () => {
    const { call } = await start({ subscriptionRequired: false });
    expect((await call("/things/1", { key: null })).status).toBe(200);
    expect((await call("/things/1", { key: "wrong" })).body).toBe(invalidKey);
  });

  it("runs a product's policies for its subscriptions only", async () => {
    const product =
      '<policies><inbound><base /><set-header name="x-product"><value>yes</value></set-header></inbound></policies>';
    const { call, seen } = await start({ subscriptions, documents: { product } });
    await call("/things/1");
    await call("/things/1", { key: "api-key" });
    expect(seen.map(({ headers }) => headers["x-product"])).toEqual(["yes", undefined]);
  });
});

describe("hostile requests", () => {
  it.each([
    ["a header bomb", `GET /things HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(100_000)}\r\n\r\n`, 431],
    ["many headers", `GET /things HTTP/1.1\r\nHost: a\r\n${"X: yyyyyyy\r\n".repeat(5_000)}\r\n`, 431],
    ["no HTTP", "\u0016\u0003\u0001 hello\r\n\r\n", 400],
    [
      "two lengths",
      "POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      400,
    ],
    [
      "a length beside chunks",
      "POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
    ],
    ["no Host", "GET /things HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["a malformed Host", 'GET /things HTTP/1.1\r\nHost: a",b="\r\nConnection: close\r\n\r\n', 400],
    ["a strange target", "GET things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400],
    [
      "an unknown expectation",
      "GET /things HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n",
      417,
    ],
  ])("answers %s with the gateway's own body", async (_what, text, status) => {
    const { url, seen } = await start();
    const answer = await rawRequest(url, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(new RegExp(`\\{ "statusCode": ${status}, "message": "[A-Za-z ]+" \\}`));
    expect(answer).not.toContain("node_modules");
    expect(seen).toEqual([]);
  });

  it("takes a target in absolute form", async () => {
    const { url, seen } = await start();
    const head = `Host: a\r\nOcp-Apim-Subscription-Key: ${partnerKey}\r\nConnection: close`;
    expect(await rawRequest(url, `GET http://elsewhere/things/1 HTTP/1.1\r\n${head}\r\n\r\n`)).toContain(
      "HTTP/1.1 200",
    );
    expect(seen[0]?.url).toBe("/base/1");
  });

  it("passes ten megabytes on", async () => {
    const { call } = await start({
      handler: ({ body }, response) => response.end(String(body.length)),
    });
    expect((await call("/things", { method: "POST", body: Buffer.alloc(10_000_000, "a") })).body).toBe(
      "10000000",
    );
  });
});

describe("starting", () => {
  it("names what it does not execute, with file and line", async () => {
    expect(await refusalOf({ inbound: "\n<no-such-policy />" })).toBe(
      "api.xml:3: <no-such-policy> is no policy that the local gateway executes",
    );
    expect(await refusalOf({ inbound: '<set-header name="a" colour="b" />' })).toBe(
      "api.xml:2: <set-header> has no attribute colour; expected name, exists-action, id",
    );
    expect(await refusalOf({ inbound: "<set-variable name='a' />" })).toBe(
      "api.xml:2: <set-variable> lacks its attribute value",
    );
    expect(await refusalOf({ inbound: "<forward-request />" })).toBe(
      "api.xml:2: <forward-request> may not stand in inbound; expected backend",
    );
    expect(await refusalOf({ inbound: "<set-method>{{nobody}}</set-method>" })).toContain(
      "named value {{nobody}} is not set",
    );
    expect(await refusalOf({ inbound: "<choose><when condition='true'><base /></when></choose>" })).toContain(
      "<base> is no policy",
    );
    expect(await refusalOf({ inbound: "<base />" })).toBe(
      "api.xml:2: <base> stands in inbound more than once",
    );
    expect(await refusalOf({ inbound: "<set-header><value>a</value></set-header>" })).toBe(
      "api.xml:2: <set-header> lacks its attribute name",
    );
  });

  it("names an expression that does not compile", async () => {
    expect(await refusalOf({ inbound: "\n\n<set-method>@(context.Reqest.Method)</set-method>" })).toMatch(
      /^api\.xml:4: .*Reqest/,
    );
  });

  it("names settings that are missing or make no sense", async () => {
    expect(await refusalOf({ settings: { backends: {} } })).toContain('backend "things" has no address');
    expect(await refusalOf({ settings: { backends: { things: "ftp://a" } } })).toContain(
      '"ftp://a" is no address of a backend',
    );
    const twice = { id: "a", name: "A", key: "same", scope: "all" as const };
    expect(await refusalOf({ subscriptions: [twice, { ...twice, id: "b" }] })).toBe(
      "subscription b: its key is another's too; expected a key of its own",
    );
    const operations = [
      { method: "GET", urlTemplate: "/{a}" },
      { method: "get", urlTemplate: "/{b}" },
    ];
    expect(await refusalOf({ operations })).toBe(
      "manifest, API things, operation get /{b}: GET /{b}: the method and template of another operation",
    );
  });

  it("names the setting when the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    expect(await refusalOf({ settings: { port } })).toBe(
      `SPECIMEN_GATEWAY_PORT=${port}: another process listens on 127.0.0.1:${port}; expected a free port`,
    );
    await new Promise((resolve) => other.close(resolve));
  });
});

describe("serving", () => {
  it("says that it is up", async () => {
    const { call } = await start();
    expect((await call("/status-0123456789abcdef", { key: null })).status).toBe(200);
    expect((await call("/status-0123456789abcdef", { key: null, method: "HEAD" })).status).toBe(200);
  });

  it("logs ids and codes, nothing that a person's data could be in", async () => {
    const clock = { time: 1000 };
    const { call, events } = await start({
      clock,
      handler: (_request, response) => {
        clock.time += 7;
        response.end();
      },
    });
    await call("/things/jane-doe?name=jane", { headers: { "x-name": "jane" } });
    expect(events).toEqual([
      {
        type: "request",
        requestId: testGuid,
        operation: "GET /{id}",
        product: "partner",
        status: 200,
        duration: 7,
        error: null,
      },
    ]);
  });

  it("finishes what is under way before it closes, and keeps no connection open", async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const { url, close } = await startTestGateway({
      handler: (_request, response) => arrived.resolve(response),
    });
    const under = rawRequest(
      url,
      `GET /things/1 HTTP/1.1\r\nHost: a\r\nOcp-Apim-Subscription-Key: ${partnerKey}\r\n\r\n`,
    );
    const backend = await arrived.promise;
    const closed = close();
    backend.end("late");
    expect(await under).toMatch(/^HTTP\/1\.1 200 [^]*late$/);
    await closed;
  });

  it("refuses a directory under the path of an API", async () => {
    expect(await refusalOf({ settings: { staticMounts: { "/things/files": "/nowhere" } } })).toBe(
      "mount /things/files: its path belongs to the API things",
    );
  });
});
