import { request } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { byKind } from "../fixtures/by-kind.ts";
import type { ByKind } from "../fixtures/by-kind.ts";
import { rawRequest } from "../fixtures/raw-request.ts";
import { partnerKey, refusalOf, startTestGateway, testGuid } from "../fixtures/test-gateway.ts";
import type { Call, TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions = {}): Promise<TestGateway> =>
  (gateway = await startTestGateway({ diagnostics: {}, ...options }));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const span = "00f067aa0ba902b7";

/** What one request leaves. */
async function recorded(options: TestGatewayOptions, path = "/things/1", call: Call = {}): Promise<ByKind> {
  const { call: send, telemetryOf } = await start(options);
  await send(path, call);
  return byKind(await telemetryOf(0));
}

const exceptionOf = ({ exceptions }: ByKind) => exceptions[0]?.exceptions[0];
const side = `<set-url>@("http://127.0.0.1:" + context.Api.ServiceUrl.Port + "/side?a=" + context.Request.OriginalUrl.Path)</set-url><set-method>POST</set-method>`;

describe("a request that passes", () => {
  it("is told by names, with its call under it, and the backend under the call", async () => {
    const clock = { time: Date.parse("2026-01-02T03:04:05Z") };
    const { call, seen, telemetryOf, url } = await start({
      clock,
      handler: (_request, response) => {
        clock.time += 5;
        response.writeHead(201).end();
      },
    });
    await call("/things/jane?name=jane", { headers: { traceparent: `00-${trace}-${span}-00` } });
    const envelopes = await telemetryOf(0);
    const [backendUrl = ""] = [seen[0]?.headers.host];
    const name = "things;rev=1 - GET /{id}";
    const common = { ver: 1, time: "2026-01-02T03:04:05.000Z", sampleRate: 100, iKey: testGuid };
    const tags = {
      "ai.cloud.role": "gateway",
      "ai.cloud.roleInstance": "local",
      "ai.operation.id": trace,
      "ai.operation.name": name,
    };
    expect(envelopes).toEqual([
      {
        ...common,
        name: "Microsoft.ApplicationInsights.Request",
        tags: { ...tags, "ai.operation.parentId": span },
        data: {
          baseType: "RequestData",
          baseData: {
            ver: 2,
            id: "0000000000000001",
            name,
            duration: "00:00:00.0050000",
            success: true,
            responseCode: "201",
            url: `${url}/things/{id}`,
            properties: {
              "Service Type": "API Management",
              "Service ID": "specimen",
              "Service Name": "specimen",
              Region: "local",
              "API Name": "things",
              "API Type": "http",
              "Operation Name": "GET /{id}",
              "Product Name": "partner",
              "Subscription Name": "Local partner",
              "HTTP Method": "GET",
              "Request Id": testGuid,
              Cache: "none",
            },
          },
        },
      },
      {
        ...common,
        name: "Microsoft.ApplicationInsights.RemoteDependency",
        tags: { ...tags, "ai.operation.parentId": "0000000000000001" },
        data: {
          baseType: "RemoteDependencyData",
          baseData: {
            ver: 2,
            id: "0000000000000002",
            name: "GET /base/{id}",
            duration: "00:00:00.0050000",
            success: true,
            resultCode: "201",
            type: "HTTP",
            target: backendUrl,
            data: `http://${backendUrl}/base/{id}`,
          },
        },
      },
    ]);
    expect(seen[0]?.headers.traceparent).toBe(`00-${trace}-0000000000000002-00`);
  });

  it("begins a trace when the client's is malformed", async () => {
    const { requests } = await recorded({}, "/things/1", { headers: { traceparent: "00-zz-zz-01" } });
    const drawn = "1".padStart(32, "0");
    expect(requests).toMatchObject([{ trace: drawn, parent: undefined, id: "0000000000000002" }]);
    expect(gateway?.seen[0]?.headers.traceparent).toBe(`00-${drawn}-0000000000000003-01`);
  });

  it("shows policies the trace, and leaves a traceparent of theirs as it is", async () => {
    const own = `00-${trace}-${"c".repeat(16)}-01`;
    const copy = `<set-header name="x-copy"><value>@(context.Request.Headers.GetValueOrDefault("traceparent"))</value></set-header>`;
    await recorded({ inbound: `${copy}<set-header name="traceparent"><value>${own}</value></set-header>` });
    expect(gateway?.seen[0]?.headers).toMatchObject({
      "x-copy": `00-${"1".padStart(32, "0")}-0000000000000002-01`,
      traceparent: own,
    });
  });

  it("has a span for each try", async () => {
    const statuses = [401, 200];
    const { dependencies } = await recorded({
      handler: (_request, response) => response.writeHead(statuses.shift() ?? 0).end(),
      backend:
        '<retry condition="@(context.Response.StatusCode == 401)" count="1" interval="1" first-fast-retry="true"><forward-request /></retry>',
    });
    expect(dependencies).toMatchObject([
      { id: "0000000000000003", resultCode: "401", success: false, parent: "0000000000000002" },
      { id: "0000000000000004", resultCode: "200", success: true },
    ]);
    expect(gateway?.seen.map(({ headers }) => headers.traceparent?.slice(36, 52))).toEqual(
      dependencies.map(({ id }) => id),
    );
  });

  it("has a dependency for send-request, whose headers are what the policy says", async () => {
    const { dependencies, requests } = await recorded({
      inbound: `<send-request response-variable-name="side">${side}</send-request>`,
    });
    const host = gateway?.seen[0]?.headers.host;
    expect(dependencies[0]).toMatchObject({
      name: `POST ${host}`,
      target: host,
      data: `http://${host}`,
      resultCode: "200",
      parent: requests[0]?.id,
    });
    expect(gateway?.seen[0]?.headers).not.toHaveProperty("traceparent");
    expect(gateway?.seen[0]?.url).toBe("/side?a=/things/1");
  });

  it("tells no base path, method or template that an expression made", async () => {
    const { dependencies } = await recorded(
      {
        inbound: `<set-backend-service base-url="@("http://127.0.0.1:" + context.Api.ServiceUrl.Port + context.Request.OriginalUrl.Path)" /><set-method>@(context.Request.Headers.GetValueOrDefault("x"))</set-method>`,
      },
      "/things/jane",
      { headers: { x: "jane" } },
    );
    expect(dependencies).toMatchObject([{ name: "OTHER /{id}", success: false }]);
  });
});

describe("a refusal", () => {
  const limited = '<rate-limit-by-key calls="0" renewal-period="60" counter-key="all" />';
  const filtered = '<ip-filter action="forbid"><address>127.0.0.1</address></ip-filter>';
  const returned = '<return-response><set-status code="403" reason="No" /></return-response>';

  it.each<[string, string, TestGatewayOptions, Call, string, string]>([
    ["401 without key", "401", {}, { key: null }, "SubscriptionKeyNotFound", "authorization"],
    ["401 with a wrong key", "401", {}, { key: "wrong" }, "SubscriptionKeyInvalid", "authorization"],
    ["403 by address", "403", { inbound: filtered }, {}, "CallerIpBlocked", "ip-filter"],
    ["429", "429", { inbound: limited }, {}, "RateLimitExceeded", "rate-limit-by-key"],
  ])("is recorded: %s", async (_what, responseCode, options, call, typeName, source) => {
    const left = await recorded(options, "/things/1", call);
    expect(left.requests).toMatchObject([{ responseCode, success: false, name: "things;rev=1 - GET /{id}" }]);
    expect(left.dependencies).toEqual([]);
    expect(left.exceptions).toMatchObject([{ parent: left.requests[0]?.id }]);
    expect(exceptionOf(left)).toEqual({ typeName, message: `${typeName} at ${source}`, hasFullStack: false });
  });

  it("by a policy's own answer is told by its status", async () => {
    expect(exceptionOf(await recorded({ inbound: returned }))).toMatchObject({
      typeName: "403",
      message: "answered with 403",
    });
  });

  it("of an address that there is not keeps the address to itself", async () => {
    const left = await recorded({}, "/things/1/jane", { headers: { traceparent: `00-${trace}-${span}-01` } });
    expect(left.requests).toMatchObject([
      { name: "GET unmatched", url: `${gateway?.url}/`, responseCode: "404", trace, parent: span },
    ]);
    expect(left.requests[0]?.properties).not.toHaveProperty("API Name");
    expect(exceptionOf(left)).toMatchObject({ message: "OperationNotFound at configuration" });
  });

  it.each([
    ["no HTTP", "\u0016\u0003\u0001 hello\r\n\r\n", "400", "unreadable"],
    [
      "many headers",
      `GET /things HTTP/1.1\r\nHost: a\r\n${"X: y\r\n".repeat(9_000)}\r\n`,
      "431",
      "unreadable",
    ],
    ["no Host", "GET /things HTTP/1.1\r\nConnection: close\r\n\r\n", "400", "GET unmatched"],
    [
      "an unknown expectation",
      "GET /things HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nConnection: close\r\n\r\n",
      "417",
      "GET unmatched",
    ],
  ])("of what cannot be read is recorded: %s", async (_what, text, responseCode, name) => {
    const { url, telemetryOf } = await start();
    await rawRequest(url, text);
    const { requests, exceptions } = byKind(await telemetryOf(0));
    expect(requests).toMatchObject([{ name, responseCode, success: false }]);
    expect(exceptions).toMatchObject([{ exceptions: [{ typeName: responseCode }] }]);
  });
});

describe("a failure", () => {
  it.each<[string, TestGatewayOptions, string]>([
    [
      "a backend that is not there",
      { settings: { backends: { things: "http://127.0.0.1:9" } } },
      "BackendConnectionFailure at forward-request",
    ],
    [
      "a backend that hangs",
      { handler: () => undefined, backend: '<forward-request timeout-ms="20" />' },
      "Timeout at forward-request",
    ],
    [
      "an expression",
      { outbound: '<set-status code="@(int.Parse("x"))" reason="" />' },
      "ExpressionValueEvaluationFailure at set-status",
    ],
  ])("is told by reason and source: %s", async (what, options, message) => {
    const left = await recorded(options);
    expect(left.requests).toMatchObject([{ responseCode: "500", success: false }]);
    expect(exceptionOf(left)).toMatchObject({ message });
    if (what !== "an expression")
      expect(left.dependencies).toMatchObject([{ resultCode: "0", success: false }]);
  });

  it("of the backend's is told by its status", async () => {
    const left = await recorded({ handler: (_request, response) => response.writeHead(503).end() });
    expect(left.dependencies).toMatchObject([{ resultCode: "503", success: false }]);
    expect(exceptionOf(left)).toMatchObject({ typeName: "503" });
  });

  it("that on-error repairs is recorded too", async () => {
    const left = await recorded({
      inbound: '<set-method>@("no method")</set-method>',
      onError: '<return-response><set-status code="200" reason="Fine" /></return-response>',
    });
    expect(left.requests).toMatchObject([{ responseCode: "200", success: true }]);
    expect(exceptionOf(left)).toMatchObject({ typeName: "InternalError" });
  });

  it("in the middle of a body is the backend's", async () => {
    const { call, telemetryOf } = await start({
      handler: (_request, response) => {
        response.write("x".repeat(100_000), () => response.destroy());
      },
    });
    await expect(call("/things/1")).rejects.toThrow();
    const left = byKind(await telemetryOf(0));
    expect(left.requests).toMatchObject([{ responseCode: "200" }]);
    expect(exceptionOf(left)).toMatchObject({ message: "BackendConnectionFailure at transfer-response" });
  });

  it.each([
    ["before its answer", false, "ClientConnectionFailure at forward-request"],
    ["in the middle of it", true, "ClientConnectionFailure at transfer-response"],
  ])("of a client that goes away %s, once its call is ended", async (_when, begins, message) => {
    const { url, telemetryOf } = await start({
      handler: (_request, response) => {
        if (begins) response.write("x".repeat(100_000));
        else client.destroy();
      },
    });
    const client = request(`${url}/things/1`, { headers: { "Ocp-Apim-Subscription-Key": partnerKey } });
    client.on("response", (response) => response.once("data", () => client.destroy()));
    client.on("error", () => undefined).end();
    const left = byKind(await telemetryOf(0));
    expect(left.requests).toMatchObject([{ responseCode: "499", success: false }]);
    expect(left.dependencies).toMatchObject([{ resultCode: begins ? "200" : "0", success: begins }]);
    expect(exceptionOf(left)).toMatchObject({ typeName: "ClientConnectionFailure", message });
  });
});

describe("what trace policies write", () => {
  const severities = ["verbose", "information", "error"] as const;
  const inbound = severities
    .map(
      (severity) =>
        `<trace source="test" severity="${severity}"><message>of ${severity}</message><metadata name="n" value="@("v")" /></trace>`,
    )
    .join("");

  it.each([
    ["verbose", [0, 1, 3]],
    ["information", [1, 3]],
    ["error", [3]],
  ] as const)("is recorded from %s on", async (verbosity, levels) => {
    const { messages, requests } = await recorded({ inbound, diagnostics: { verbosity } });
    expect(messages.map(({ severityLevel }) => severityLevel)).toEqual(levels);
    expect(messages.at(-1)).toMatchObject({
      message: "of error",
      properties: { n: "v", source: "test" },
      parent: requests[0]?.id,
    });
  });

  it("is not sampled", async () => {
    const left = await recorded({ inbound, diagnostics: { samplingPercentage: 0 } });
    expect(left).toMatchObject({ requests: [], dependencies: [], messages: [{ rate: 100 }, { rate: 100 }] });
  });
});

describe("sampling", () => {
  it("leaves out what passes, keeps errors", async () => {
    const { call, telemetryOf, telemetry } = await start({ diagnostics: { samplingPercentage: 0 } });
    await call("/things/1");
    await call("/things/1", { key: null });
    expect(byKind(await telemetryOf(0))).toMatchObject({
      requests: [{ responseCode: "401", rate: 100 }],
      exceptions: [{ rate: 100 }],
    });
    await gateway?.close();
    gateway = undefined;
    expect(telemetry).toHaveLength(1);
  });

  it("leaves errors out too when told to", async () => {
    const diagnostics = { samplingPercentage: 0, alwaysLogErrors: false };
    const { call, close, telemetry } = await start({ diagnostics });
    await call("/things/1", { key: null });
    await close();
    gateway = undefined;
    expect(telemetry).toEqual([]);
  });

  it("goes by the trace, and says what a request stands for", async () => {
    const { call, close, telemetry } = await start({ diagnostics: { samplingPercentage: 50 } });
    for (let count = 0; count < 20; count++) {
      const traceId = String(count * 7_919).padStart(32, "a");
      for (let twice = 0; twice < 2; twice++)
        await call("/things/1", { headers: { traceparent: `00-${traceId}-${span}-01` } });
    }
    await close();
    gateway = undefined;
    const { requests } = byKind(telemetry.flat());
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.length).toBeLessThan(40);
    expect(new Set(requests.map((one) => one.trace)).size).toBe(requests.length / 2);
    expect(requests.every(({ rate }) => rate === 50)).toBe(true);
  });

  it("takes a percentage", async () => {
    expect(await refusalOf({ diagnostics: { samplingPercentage: 101 } })).toBe(
      "diagnostics samplingPercentage=101: it is no percentage; expected 0 to 100",
    );
  });
});

describe("what a client sent", () => {
  const canary = "canary";
  const refusing =
    '<check-header name="x-canary" failed-check-httpcode="400" failed-check-error-message="@("no " + context.Request.OriginalUrl.Path)" ignore-case="true"><value>other</value></check-header>';
  const failing =
    '<set-variable name="n" value="@(int.Parse(context.Request.Headers.GetValueOrDefault("x-canary")))" />';
  const sending = `<send-request response-variable-name="side" ignore-error="true">${side}</send-request>`;
  const rewriting =
    '<rewrite-uri template="@("/" + context.Request.Headers.GetValueOrDefault("x-canary"))" />';

  it.each<[string, string, TestGatewayOptions, string | null]>([
    ["a request that passes", "200", { inbound: sending + rewriting }, partnerKey],
    ["a wrong key", "401", {}, canary],
    ["no key", "401", {}, null],
    ["a refused header", "400", { inbound: refusing }, partnerKey],
    ["a failing expression", "500", { inbound: failing }, partnerKey],
    [
      "a refused address",
      "403",
      { inbound: '<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>' },
      partnerKey,
    ],
    [
      "a limit",
      "429",
      {
        inbound:
          '<rate-limit-by-key calls="0" renewal-period="9" counter-key="@(context.Request.Headers.GetValueOrDefault("x-canary"))" />',
      },
      partnerKey,
    ],
    [
      "a backend that is not there",
      "500",
      { settings: { backends: { things: "http://127.0.0.1:9" } } },
      partnerKey,
    ],
    [
      "a backend that hangs",
      "500",
      { handler: () => undefined, backend: '<forward-request timeout-ms="20" />' },
      partnerKey,
    ],
    [
      "a backend that repeats it",
      "404",
      { handler: ({ url, body }, response) => response.writeHead(404, canary).end(url + body) },
      partnerKey,
    ],
  ])("is in no envelope of %s", async (_what, responseCode, options, key) => {
    const { call, telemetryOf } = await start(options);
    const headers = {
      host: `${canary}.example`,
      "x-canary": canary,
      cookie: canary,
      traceparent: canary,
      tracestate: `${canary}=1`,
    };
    const operations = [
      `/things/${canary}?${canary}=${canary}`,
      `/things/a/${canary}?${canary}`,
      `/things?${canary}`,
    ];
    for (const [position, path] of operations.entries()) {
      const method = path.startsWith("/things?") ? "POST" : "GET";
      await call(path, { method, headers, key, ...(method === "POST" && { body: canary }) });
      expect(JSON.stringify(await telemetryOf(position))).not.toContain(canary);
    }
    expect(byKind(await telemetryOf(0)).requests).toMatchObject([{ responseCode }]);
  });

  it("is in none of a request that cannot be read, nor when the client goes away", async () => {
    const { url, telemetryOf } = await start({ handler: () => client.destroy() });
    await rawRequest(
      url,
      `GET /${canary} HTTP/1.1\r\nHost: ${canary}/${canary}\r\nConnection: close\r\n\r\n`,
    );
    await rawRequest(url, `${canary} /${canary} HTTP/1.1\r\nHost: ${canary}\r\n\r\n`);
    const headers = { "Ocp-Apim-Subscription-Key": partnerKey, "x-canary": canary };
    const client = request(`${url}/things/${canary}`, { headers });
    client.on("error", () => undefined).end();
    for (const position of [0, 1, 2])
      expect(JSON.stringify(await telemetryOf(position))).not.toContain(canary);
  });
});

describe("without the option", () => {
  it("nothing is emitted, and the trace goes on as ever", async () => {
    const { call, seen, telemetry, close } = await startTestGateway();
    await call("/things/1", { headers: { traceparent: `00-${trace}-${span}-00` } });
    await call("/nothing");
    await close();
    expect(telemetry).toEqual([]);
    expect(seen[0]?.headers.traceparent).toBe(`00-${trace}-${"ab".repeat(8)}-00`);
  });
});
