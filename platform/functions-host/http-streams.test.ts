import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import type { SupervisedApp } from "./supervise-app.ts";
import { countRest, openStream, readPiece } from "./test-support/open-stream.ts";
import { rawRequest, sendRaw } from "./test-support/send-raw.ts";
import { createTestApp, type TestApp } from "./test-support/test-app.ts";

const PIECES = 1600;
const PIECE = 65_536;
/** What the kernel may hold of a connection on both sides, which no program can tell from a reading client. */
const MOST_HELD = 40 * 1024 * 1024;

const SOURCE = `
  import { Readable } from "node:stream";
  app.setup({ enableHttpStream: process.env.STREAMS !== "off" });

  const forms = {
    web(pieces, end) {
      return new ReadableStream({ async pull(controller) { const { done, value } = await pieces.next();
        if (done) controller.close(); else controller.enqueue(value); }, cancel: end });
    },
    node(pieces, end) {
      return new Readable({ highWaterMark: 1,
        read() { pieces.next().then(({ done, value }) => this.push(done ? null : value), (error) => this.destroy(error)); },
        destroy(error, done) { if (!this.readableEnded) end(); done(error); } });
    },
    iterable(pieces, end) {
      return { [Symbol.asyncIterator]: () => ({ next: () => pieces.next(), return: async () => { end(); return { done: true }; } }) };
    },
    generator(pieces, end) {
      return (async function* () { let isWhole = false; try { yield* pieces; isWhole = true; } finally { if (!isWhole) end(); } })();
    },
  };

  let produced = 0;
  let release = () => {};
  process.on("SIGTERM", () => release());
  const gate = () => new Promise((resolve) => { release = resolve; });
  const sources = {
    async *large() { produced = 0; const piece = Buffer.alloc(${PIECE}, "x"); for (let i = 0; i < ${PIECES}; i += 1) { produced += piece.length; yield piece; } },
    async *endless() { for (;;) yield Buffer.alloc(1000, "x"); },
    async *waiting() { yield "first"; await new Promise(() => {}); },
    async *gated() { yield "first"; await gate(); yield new TextEncoder().encode("last"); },
    async *late() { yield "first "; await gate(); throw new RangeError("Ada Lovelace"); },
    async *early() { throw new RangeError("Ada Lovelace"); },
    async *odd() { yield "first "; await gate(); yield { name: "Ada Lovelace" }; },
    async *empty() {},
  };
  const open = { methods: ["GET", "HEAD"], authLevel: "anonymous" };
  app.http("export", { ...open, route: "export/{form}/{source}", handler: ({ params, query }) => {
    const { form, source } = params;
    return { status: Number(query.get("status") ?? 200), headers: { "content-type": "application/x-ndjson", "content-length": "1" },
      body: forms[form](sources[source](), () => console.log("told", form, source)) };
  } });
  app.http("refused", { ...open, handler: () => ({ headers: { "x-bad": "a\\r\\nb" }, body: forms.web(sources.gated(), () => console.log("told refused")) }) });
  app.http("own", { ...open, handler: () => new HttpResponse({ status: 201, headers: { etag: '"1"' }, cookies: [{ name: "a", value: "b c", path: "/x", httpOnly: true, sameSite: "Lax" }],
    body: forms.web(sources.gated(), () => {}) }) });
  app.http("produced", { ...open, handler: () => ({ jsonBody: produced }) });
  app.http("release", { ...open, handler: () => { release(); return { body: "released" }; } });
  app.http("query", { ...open, handler: ({ query, user }) => ({ jsonBody: [[...query], user] }) });
  app.http("echo", { methods: ["POST"], authLevel: "anonymous", handler: async (request) => ({ body: await request.text() }) });
`;

const FORMS = ["web", "node", "iterable", "generator"];

describe("an app that enables HTTP streams", () => {
  let app: TestApp;
  let host: SupervisedApp;

  beforeAll(async () => {
    app = await createTestApp(SOURCE);
    host = await app.start();
  });

  afterAll(() => app.remove());

  const get = async (path: string) => (await fetch(`${host.url}/${path}`)).text();

  /** What the source has made once it makes no more by itself: as often the same as makes an accident unlikely. */
  async function producedAtRest(): Promise<number> {
    let last = await get("produced");
    for (let same = 0; same < 50; same += 1) {
      const now = await get("produced");
      if (now !== last) same = 0;
      last = now;
    }
    return Number(last);
  }

  describe.each(FORMS)("answering with a stream of the form %s", (form) => {
    it("sends status, headers and the first piece while the source is still at work", async () => {
      const response = await openStream(`${host.url}/export/${form}/gated?status=203`);
      expect([
        response.statusCode,
        response.headers["content-type"],
        response.headers["content-length"],
      ]).toEqual([203, "application/x-ndjson", undefined]);
      expect(await readPiece(response)).toBe("first");
      await get("release");
      expect(await countRest(response)).toBe("last".length);
      expect(response.complete).toBe(true);
    });

    it("makes no more than the client takes, and gives it all of 100 MB", async () => {
      const response = await openStream(`${host.url}/export/${form}/large`);
      const ahead = await producedAtRest();
      expect(ahead).toBeGreaterThanOrEqual(PIECE);
      expect(ahead).toBeLessThan(MOST_HELD);
      expect(await countRest(response)).toBe(PIECES * PIECE);
      expect(response.complete).toBe(true);
    });

    it("tells the source when the client leaves", async () => {
      const response = await openStream(`${host.url}/export/${form}/endless`);
      await readPiece(response);
      response.destroy();
      expect(await app.sees(`told ${form} endless`)).toBeTruthy();
    });

    it("breaks the connection off when the source fails, with one line that says nothing of its content", async () => {
      app.lines.length = 0;
      const response = await openStream(`${host.url}/export/${form}/late`);
      expect(await readPiece(response)).toBe("first ");
      await get("release");
      await countRest(response);
      expect(response.complete).toBe(false);
      expect(await app.sees("error export")).toMatch(
        /^error export: broke off its answer with RangeError at index\.cjs:\d+:\d+$/,
      );
      expect(app.lines.filter((line) => !line.startsWith("told"))).toHaveLength(1);
    });

    it("answers 500 when the source fails before its first piece, and an empty body when it has none", async () => {
      const failed = await sendRaw(host.url, rawRequest(`GET /export/${form}/early`));
      expect([failed.status, failed.body.length]).toEqual([500, 0]);
      const empty = await fetch(`${host.url}/export/${form}/empty`);
      expect([empty.status, await empty.text()]).toEqual([200, ""]);
    });
  });

  it.each(["web", "node", "iterable"])(
    "tells a source of the form %s that waits for something of its own",
    async (form) => {
      const response = await openStream(`${host.url}/export/${form}/waiting`);
      await readPiece(response);
      response.destroy();
      expect(await app.sees(`told ${form} waiting`)).toBeTruthy();
    },
  );

  it("breaks off at a piece that is neither text nor bytes", async () => {
    const response = await openStream(`${host.url}/export/iterable/odd`);
    await get("release");
    await countRest(response);
    expect(response.complete).toBe(false);
    expect(await app.sees("with TypeError")).not.toContain("Lovelace");
  });

  it("sends no body for HEAD or a status without one, and lets the source go", async () => {
    const head = await fetch(`${host.url}/export/web/gated`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type")]).toEqual([200, "application/x-ndjson"]);
    expect(await app.sees("told web gated")).toBeTruthy();
    expect(await get("export/node/gated?status=204")).toBe("");
    expect(await app.sees("told node gated")).toBeTruthy();
  });

  it("lets the source of an answer go that cannot be sent", async () => {
    expect((await fetch(`${host.url}/refused`)).status).toBe(500);
    expect(await app.sees("told refused")).toBeTruthy();
  });

  it("takes the library's HttpResponse, and writes cookies as the library does", async () => {
    const response = await openStream(`${host.url}/own`);
    expect([response.statusCode, response.headers.etag, response.headers["set-cookie"]]).toEqual([
      201,
      '"1"',
      ["a=b%20c; Path=/x; HttpOnly; SameSite=Lax"],
    ]);
    await readPiece(response);
    response.destroy();
  });

  it("answers plain results with their length, and reads bodies as ever", async () => {
    const response = await sendRaw(host.url, rawRequest("POST /echo", [], "text"));
    expect([response.headers["content-length"], response.body.toString()]).toEqual(["4", "text"]);
    expect(app.lines.join("\n")).not.toContain("proxy");
  });

  it("gives repeated query keys one by one, as Azure does for such an app, and signed-in users", async () => {
    const user = { userId: "1", userDetails: "u", identityProvider: "aad" };
    const headers = { "x-ms-client-principal": Buffer.from(JSON.stringify(user)).toString("base64") };
    const response = await fetch(`${host.url}/query?a=1&a=2`, { headers });
    expect(await response.json()).toMatchObject([
      [
        ["a", "1"],
        ["a", "2"],
      ],
      { type: "StaticWebApps", id: "1" },
    ]);
  });

  it("finishes a stream that is under way when it is stopped", async () => {
    const own = await app.start();
    const response = await openStream(`${own.url}/export/web/gated`);
    expect(await readPiece(response)).toBe("first");
    const [length] = await Promise.all([countRest(response), own.stop()]);
    expect([length, response.complete]).toEqual(["last".length, true]);
  });

  it("has the library collect a stream that the app did not enable", async () => {
    const own = await app.start({ environment: { STREAMS: "off" } });
    const answer = sendRaw(own.url, rawRequest("GET /export/iterable/gated"));
    const waiting = { isOver: false };
    void answer.finally(() => (waiting.isOver = true));
    while (!waiting.isOver) await fetch(`${own.url}/release`);
    expect(await answer).toMatchObject({ status: 200, headers: { "content-length": "9" } });
  });
});
