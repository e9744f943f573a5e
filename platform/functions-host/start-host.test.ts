import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { renameSync, writeFileSync } from "node:fs";

import type { SupervisedApp } from "./supervise-app.ts";
import { rawRequest, sendPart, sendRaw, type RawResponse } from "./test-support/send-raw.ts";
import {
  createTestApp,
  ECHO_KEY,
  hostJsonWithPrefix,
  HOST_KEY,
  type TestApp,
} from "./test-support/test-app.ts";

const KEY = `X-Functions-Key: ${HOST_KEY}`;

const SOURCE = `
  const named = (name, text) => ({ handler: (request) => ({ jsonBody: { name, params: request.params } }), ...text });
  app.http("getPatient", named("getPatient", { methods: ["GET"], route: "patient/{patientId}", authLevel: "function" }));
  app.http("searchPatients", named("searchPatients", { methods: ["POST"], route: "patient/search", authLevel: "function" }));
  app.http("listPatients", named("listPatients", { methods: ["GET"], route: "patient/all", authLevel: "function" }));
  app.http("getByGuid", named("getByGuid", { methods: ["GET"], route: "guid/{id:guid}", authLevel: "anonymous" }));
  app.http("getOptional", named("getOptional", { methods: ["GET"], route: "optional/{id:int?}", authLevel: "anonymous" }));
  app.http("getRest", named("getRest", { methods: ["GET", "HEAD"], route: "rest/{*path}", authLevel: "anonymous" }));
  app.http("adminOnly", named("adminOnly", { methods: ["GET"], route: "secret", authLevel: "admin" }));
  app.http("echo", { methods: ["POST", "GET", "HEAD"], route: "echo", authLevel: "function",
    handler: async (request) => ({ body: await request.text(), headers: { "x-query": request.query.get("a") ?? "", "x-url": request.url } }) });
  app.http("length", { methods: ["POST"], route: "length", authLevel: "anonymous",
    handler: async (request) => ({ body: String((await request.arrayBuffer()).byteLength) }) });
  app.http("headers", { methods: ["GET"], route: "headers", authLevel: "anonymous", handler: () => ({
    headers: [["Link", "</a>"], ["link", "</b>"], ["Content-Length", "999"], ["Connection", "close"], ["ETag", '"1"']],
    cookies: [{ name: "a", value: "1" }, { name: "b", value: "2", httpOnly: true }] }) });
  app.http("fail", { methods: ["GET"], route: "fail", authLevel: "anonymous",
    handler: () => { throw new TypeError("Ada Lovelace, born 1815"); } });
  app.http("nothing", { methods: ["GET"], route: "nothing", authLevel: "anonymous", handler: () => undefined });
  app.http("splitting", { methods: ["GET"], route: "splitting", authLevel: "anonymous",
    handler: () => ({ headers: { "x-bad": "a\\r\\nset-cookie: b" } }) });
`;

describe.each(["lazy", "library"])("startHost with the %s model", (model) => {
  let app: TestApp;
  let host: SupervisedApp;

  beforeAll(async () => {
    const keys = { hostKeys: { default: HOST_KEY }, functionKeys: { echo: { gateway: ECHO_KEY } } };
    app = await createTestApp(SOURCE, { keys });
    const environment = { SPECIMEN_HOST_MODEL: model, FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "1000000" };
    host = await app.start({ environment });
  });

  afterAll(() => app.remove());

  const send = (line: string, headers: string[] = [KEY], body: string | Buffer = "") =>
    sendRaw(host.url, rawRequest(line, headers, body));
  const nameOf = ({ body }: RawResponse): unknown =>
    body.length > 0 ? JSON.parse(body.toString()) : undefined;

  it("names its functions in the order of their registration", () => {
    expect(host.functions.slice(0, 3)).toEqual(["getPatient", "searchPatients", "listPatients"]);
  });

  describe("routing", () => {
    it.each([
      ["GET /patient/5d", { name: "getPatient", params: { patientId: "5d" } }],
      ["GET /patient/5d/", { name: "getPatient", params: { patientId: "5d" } }],
      ["GET /PATIENT/5D", { name: "getPatient", params: { patientId: "5D" } }],
      ["GET /patient/a%20b%C3%BC", { name: "getPatient", params: { patientId: "a bü" } }],
      ["GET /patient/a%2Fb", { name: "getPatient", params: { patientId: "a%2Fb" } }],
      ["GET /patient/%zz", { name: "getPatient", params: { patientId: "%zz" } }],
      ["GET /patient/__proto__", { name: "getPatient", params: { patientId: "__proto__" } }],
      ["GET /patient/all", { name: "listPatients", params: {} }],
      ["GET /patient/search", { name: "getPatient", params: { patientId: "search" } }],
      ["POST /patient/search", { name: "searchPatients", params: {} }],
      ["GET /guid/../patient/./7", { name: "getPatient", params: { patientId: "7" } }],
      ["GET http://specimen.test/patient/7", { name: "getPatient", params: { patientId: "7" } }],
      [
        "GET /guid/0F8FAD5B-D9CB-469F-A165-70867728950E",
        { name: "getByGuid", params: { id: "0F8FAD5B-D9CB-469F-A165-70867728950E" } },
      ],
      ["GET /optional/12", { name: "getOptional", params: { id: "12" } }],
      ["GET /optional", { name: "getOptional", params: {} }],
      ["GET /rest/a/b/c", { name: "getRest", params: { path: "a/b/c" } }],
    ])("%s", async (line, expected) => {
      const response = await send(line);
      expect([response.status, nameOf(response)]).toEqual([200, expected]);
    });

    it.each([
      "GET /",
      "GET /nowhere",
      "GET /patient",
      "GET /patient/a/b",
      "GET //patient/a",
      "GET /patient//",
      "DELETE /patient/5d",
      "HEAD /patient/5d",
      "POST /patient/5d",
      "OPTIONS /patient/5d",
      "GET /guid/not-a-guid",
      "GET /guid/0f8fad5bd9cb469fa16570867728950",
      "GET /optional/x",
      "GET /optional/99999999999",
    ])("%s is 404 with an empty body", async (line) => {
      const response = await send(line);
      expect([response.status, response.body.length]).toEqual([404, 0]);
    });

    it.each(["GET /patient/a%00b", "GET ftp://specimen.test/patient/7", "OPTIONS *"])(
      "%s is 400",
      async (line) => {
        expect((await send(line)).status).toBe(400);
      },
    );
  });

  describe("keys", () => {
    it("opens with a host key, in the header or the query", async () => {
      expect((await send("GET /patient/1")).status).toBe(200);
      expect((await send(`GET /patient/1?code=${HOST_KEY}`, [])).status).toBe(200);
      expect((await send("POST /echo", [`x-functions-key: ${ECHO_KEY}`], "x")).status).toBe(200);
    });

    it.each([
      ["no key", "GET /patient/1", []],
      ["an empty key", "GET /patient/1", ["x-functions-key: "]],
      ["a wrong key", "GET /patient/1", ["x-functions-key: nope"]],
      ["a prefix of the key", "GET /patient/1", [`x-functions-key: ${HOST_KEY.slice(0, -1)}`]],
      ["another function's key", "GET /patient/1", [`x-functions-key: ${ECHO_KEY}`]],
      [
        "a wrong key in the header and the right one in the query",
        `GET /patient/1?code=${HOST_KEY}`,
        ["x-functions-key: no"],
      ],
      ["the key twice", "GET /patient/1", [KEY, KEY]],
      ["a host key for an admin function", "GET /secret", [KEY]],
    ])("%s is 401 with an empty body", async (_, line, headers) => {
      const response = await send(line, headers);
      expect([response.status, response.body.length]).toEqual([401, 0]);
    });
  });

  describe("limits", () => {
    it("reads a body up to the limit and refuses a longer one, its length declared or not", async () => {
      const most = Buffer.alloc(1_000_000, "x");
      expect((await send("POST /length", [], most)).body.toString()).toBe("1000000");
      expect((await send("POST /length", [], Buffer.alloc(1_000_001, "x"))).status).toBe(413);
      const chunked = rawRequest("POST /length", ["Transfer-Encoding: chunked"]);
      const chunk = `${(600_000).toString(16)}\r\n${"x".repeat(600_000)}\r\n`;
      expect((await sendRaw(host.url, chunked, "2\r\nab\r\n0\r\n\r\n")).body.toString()).toBe("2");
      expect((await sendRaw(host.url, chunked, chunk, chunk, "0\r\n\r\n")).status).toBe(413);
    });

    it("refuses a declared length before the body arrives", async () => {
      const response = await send("POST /length", ["Content-Length: 5000000000"]);
      expect([response.status, response.headers.connection]).toEqual([413, "close"]);
    });

    it("drops the bodies of GET and HEAD", async () => {
      const get = await send("GET /echo", [KEY], "dropped");
      expect([get.status, get.body.toString()]).toEqual([200, ""]);
      const head = await sendRaw(host.url, rawRequest("HEAD /rest/a", ["Connection: close"])).catch(String);
      // A HEAD answer has a length and no body, which the raw reader takes for a cut one.
      expect(head).toContain("without a whole answer");
      expect((await fetch(`${host.url}/rest/a`, { method: "HEAD" })).status).toBe(200);
    });

    it("refuses a target over 4,096 bytes", async () => {
      expect((await send(`GET /patient/${"a".repeat(4096 - 9)}`)).status).toBe(200);
      expect((await send(`GET /patient/${"a".repeat(4096 - 8)}`)).status).toBe(414);
    });

    it("refuses header bombs and goes on", async () => {
      const many = Array.from({ length: 200 }, (_, index) => `x-${index}: a`);
      expect((await send("GET /patient/1", [KEY, ...many])).status).toBe(431);
      expect((await send("GET /patient/1", [KEY, `x-long: ${"a".repeat(60_000)}`])).status).toBe(431);
      expect((await send("GET /patient/1")).status).toBe(200);
    });

    it.each(["Host: a b", "Host: http://x", "Host: x:99999", "Host: user@x", "Host: "])(
      "refuses %s",
      async (hostHeader) => {
        const request = `GET /patient/1 HTTP/1.1\r\n${hostHeader}\r\n${KEY}\r\n\r\n`;
        expect((await sendRaw(host.url, request)).status).toBe(400);
      },
    );

    it("survives what is no HTTP and uploads that are cut off", async () => {
      for (const bytes of ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"]) {
        expect((await sendRaw(host.url, bytes)).status).toBe(400);
      }
      await sendPart(host.url, rawRequest("POST /length", ["Content-Length: 100"]), "ten bytes.");
      await sendPart(host.url, rawRequest("POST /length", ["Transfer-Encoding: chunked"]), "5\r\nab");
      expect((await send("GET /patient/1")).status).toBe(200);
    });
  });

  describe("answers", () => {
    it("keeps repeated query keys in the URL and joins them in the query", async () => {
      const { headers } = await send("GET /echo?a=1&a=2", [KEY]);
      expect(headers["x-query"]).toBe("1,2");
      expect(headers["x-url"]).toBe("http://specimen.test:7071/echo?a=1&a=2");
    });

    it("joins repeated headers, emits each cookie, and sets length and connection itself", async () => {
      const { headers } = await send("GET /headers");
      expect(headers.link).toBe("</a>, </b>");
      expect(headers["set-cookie"]).toBe("a=1; path=/\nb=2; path=/; httponly");
      expect(headers).toMatchObject({ etag: '"1"', "content-length": "0", connection: "keep-alive" });
    });

    it("answers 500 with an empty body, and logs the function and the kind of error alone", async () => {
      const response = await send("GET /fail");
      expect([response.status, response.body.length]).toEqual([500, 0]);
      expect(await app.sees("error fail:")).toMatch(
        /^error fail: failed with TypeError at index\.cjs:\d+:\d+$/,
      );
      expect(app.lines.join("\n")).not.toContain("Lovelace");
    });

    it("answers 204 for a handler that returns nothing, and 500 for a header that would split the answer", async () => {
      expect((await send("GET /nothing")).status).toBe(204);
      const response = await send("GET /splitting");
      expect([response.status, response.headers["set-cookie"]]).toEqual([500, undefined]);
    });
  });
});

describe("startHost", () => {
  let app: TestApp;
  afterAll(() => app.remove());

  it("reads its keys again when they change, and keeps the last good ones when it cannot", async () => {
    app = await createTestApp(SOURCE);
    const host = await app.start();
    const statusWith = async (key: string) => {
      return (await sendRaw(host.url, rawRequest("GET /patient/1", [`x-functions-key: ${key}`]))).status;
    };
    const replace = (text: string) => {
      writeFileSync(`${app.keysFile}.new`, text);
      renameSync(`${app.keysFile}.new`, app.keysFile);
    };
    replace('{"hostKeys": {"default": "second-key"}}');
    expect(await statusWith("second-key")).toBe(200);
    expect(await statusWith(HOST_KEY)).toBe(401);
    replace('{"hostKeys": {"default": "third-key"}');
    expect(await app.sees("cannot be used")).toContain("the last good keys stay");
    expect(await statusWith("second-key")).toBe(200);
    replace('{"hostKeys": {"default": "fourth-key"}}');
    expect(await statusWith("fourth-key")).toBe(200);
    expect(await statusWith("second-key")).toBe(401);
    expect(app.lines.join("\n")).not.toMatch(/(?:second|third|fourth)-key/);
  });

  it("puts the route prefix before every route, api when host.json has none", async () => {
    for (const [hostJson, path] of [
      [hostJsonWithPrefix("v1/x"), "v1/x"],
      [{ version: "2.0" }, "api"],
    ] as const) {
      const prefixed = await createTestApp(SOURCE, { hostJson });
      const host = await prefixed.start();
      expect((await sendRaw(host.url, rawRequest(`GET /${path}/patient/1`, [KEY]))).status).toBe(200);
      expect((await sendRaw(host.url, rawRequest("GET /patient/1", [KEY]))).status).toBe(404);
      await prefixed.remove();
    }
  });

  it("runs hooks at their moments, which may change inputs, results and errors", async () => {
    const hooked = await createTestApp(`
      app.hook.appStart(() => console.log("hook: appStart"));
      app.hook.appTerminate(() => console.log("hook: appTerminate"));
      app.hook.preInvocation((context) => { context.hookData.seen = context.invocationContext.functionName;
        const handler = context.functionHandler;
        context.functionHandler = (...args) => args[0].params.id === "skip" ? { body: "skipped" } : handler(...args); });
      app.hook.postInvocation((context) => { if (context.error) { context.error = null; context.result = { status: 299 }; }
        else context.result = { ...context.result, headers: { "x-hook": context.hookData.seen } }; });
      app.http("hooked", { methods: ["GET"], route: "hooked/{id}", authLevel: "anonymous",
        handler: (request, context) => { context.log("handling", { a: 1 }); if (request.params.id === "fail") throw new Error(); return { body: "own" }; } });
    `);
    for (const model of ["lazy", "library"]) {
      const host = await hooked.start({ environment: { SPECIMEN_HOST_MODEL: model } });
      await hooked.sees("hook: appStart");
      const own = await sendRaw(host.url, rawRequest("GET /hooked/own"));
      expect([own.body.toString(), own.headers["x-hook"]]).toEqual(["own", "hooked"]);
      expect((await sendRaw(host.url, rawRequest("GET /hooked/skip"))).body.toString()).toBe("skipped");
      expect((await sendRaw(host.url, rawRequest("GET /hooked/fail"))).status).toBe(299);
      expect(await hooked.sees("information hooked:")).toBe("information hooked: handling { a: 1 }");
      await host.stop();
      await hooked.sees("hook: appTerminate");
      hooked.lines.length = 0;
    }
    await hooked.remove();
  });
});
