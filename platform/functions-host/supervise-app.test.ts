import { afterEach, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";

import { superviseApp } from "./supervise-app.ts";
import { rawRequest, sendRaw } from "./test-support/send-raw.ts";
import { createTestApp, type TestApp } from "./test-support/test-app.ts";

const SOURCE = `
  import { writeSync } from "node:fs";
  const open = { authLevel: "anonymous", methods: ["GET"] };
  app.http("ping", { ...open, handler: () => ({ body: String(process.pid) }) });
  app.http("environment", { ...open, handler: () => ({ jsonBody: process.env }) });
  app.http("crash", { ...open, handler: () => { setImmediate(() => { throw new RangeError("Ada Lovelace"); }); return new Promise(() => {}); } });
  app.http("reject", { ...open, handler: () => { Promise.reject(new Error("Ada Lovelace")); return new Promise(() => {}); } });
  let release;
  app.http("wait", { ...open, handler: () => { console.log("waiting"); return new Promise((resolve) => { release = () => resolve({ body: "done" }); }); } });
  app.http("hang", { ...open, handler: () => { console.log("hanging"); return new Promise(() => {}); } });
  process.on("SIGTERM", () => { setImmediate(() => release?.()); });
  if (process.env.FAIL === "load") throw new SyntaxError("line one\\nline two");
  if (process.env.FAIL === "hang") await0();
  if (process.env.FAIL === "exit") { writeSync(2, "out of luck\\n"); process.exit(7); }
  function await0() { for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }
`;

describe("superviseApp", () => {
  let app: TestApp;
  afterEach(() => app.remove());

  const get = (url: string, path: string) => sendRaw(url, rawRequest(`GET /${path}`));
  const pidOf = async (url: string) => Number((await get(url, "ping")).body.toString());

  it("starts an app in a process of its own, with its settings and nothing of ours", async () => {
    process.env.SPECIMEN_TEST_SECRET = "ours";
    app = await createTestApp(SOURCE);
    const running = await app.start({ environment: { MONGODB_DATABASE: "patient" } });
    delete process.env.SPECIMEN_TEST_SECRET;
    expect(await pidOf(running.url)).toBe(running.processId);
    expect(running.processId).not.toBe(process.pid);
    const environment: unknown = JSON.parse((await get(running.url, "environment")).body.toString());
    expect(environment).toMatchObject({ MONGODB_DATABASE: "patient" });
    expect(environment).not.toHaveProperty("SPECIMEN_TEST_SECRET");
  });

  it.each(["kill -9", "crash", "reject"])("starts it again on the same port after %s", async (how) => {
    app = await createTestApp(SOURCE);
    const running = await app.start({ backoff: () => 0 });
    const before = running.processId;
    if (how === "kill -9" && before !== undefined) process.kill(before, "SIGKILL");
    else await expect(get(running.url, how)).rejects.toThrow();
    await app.sees("ready again");
    expect(await pidOf(running.url)).toBe(running.processId);
    expect(running.processId).not.toBe(before);
    expect(app.lines.join("\n")).not.toContain("Lovelace");
    if (how === "crash")
      expect(await app.sees("critical")).toMatch(/uncaught exception: RangeError at index\.cjs:\d+:\d+$/);
  });

  it("waits longer after each failure in a row, and goes on trying", async () => {
    app = await createTestApp(SOURCE);
    const attempts: number[] = [];
    const running = await app.start({
      backoff(attempt) {
        attempts.push(attempt);
        if (attempt === 3) writeFileSync(app.keysFile, '{"hostKeys": {}}');
        return 0;
      },
    });
    writeFileSync(app.keysFile, "broken");
    process.kill(running.processId ?? 0, "SIGKILL");
    await app.sees("ready again");
    expect(attempts).toEqual([1, 2, 3]);
  });

  it("finishes what is under way when it is stopped, and refuses new connections", async () => {
    app = await createTestApp(SOURCE);
    const running = await app.start();
    const answer = get(running.url, "wait");
    await app.sees("waiting");
    await running.stop();
    expect((await answer).headers).toMatchObject({ connection: "close", "content-length": "4" });
    expect(running.processId).toBeUndefined();
    await expect(get(running.url, "ping")).rejects.toThrow("ECONNREFUSED");
    expect(app.lines.join("\n")).not.toContain("starting again");
  });

  it("kills an app that does not stop within the deadline", async () => {
    app = await createTestApp(SOURCE);
    const running = await app.start({ stopDeadline: 50 });
    const answer = get(running.url, "hang");
    await app.sees("hanging");
    await Promise.all([running.stop(), expect(answer).rejects.toThrow()]);
    expect(running.processId).toBeUndefined();
  });

  it("can be stopped between two processes", async () => {
    app = await createTestApp(SOURCE);
    const running = await app.start({ backoff: () => 2 ** 30 });
    process.kill(running.processId ?? 0, "SIGKILL");
    await app.sees("starting again");
    await running.stop();
    expect(running.processId).toBeUndefined();
  });

  describe("rejects with one line", () => {
    it.each([
      ["load", "test-app: functions host: SyntaxError: line one"],
      ["exit", "test-app: out of luck"],
    ])("when the app fails at %s", async (failure, line) => {
      app = await createTestApp(SOURCE);
      await expect(app.start({ environment: { FAIL: failure } })).rejects.toThrow(new Error(line));
    });

    it("when the app does not get ready in time", async () => {
      app = await createTestApp(SOURCE);
      const start = app.start({ environment: { FAIL: "hang" }, startDeadline: 300 });
      await expect(start).rejects.toThrow(new Error("test-app: not ready within 300 ms"));
    });

    it("when the port is taken", async () => {
      app = await createTestApp(SOURCE);
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      await expect(app.start({ port })).rejects.toThrow(`cannot listen on port ${port}`);
      server.close();
    });

    it.each([
      ["a bundle that is not there", (each: TestApp) => rmSync(each.bundle), "Cannot find module"],
      ["no host.json", (each: TestApp) => rmSync(each.hostJson), "host.json: cannot be read"],
      [
        "a broken host.json",
        (each: TestApp) => writeFileSync(each.hostJson, "{"),
        "host.json: not valid JSON",
      ],
      [
        "a host.json of version 1",
        (each: TestApp) => writeFileSync(each.hostJson, "{}"),
        'expected "version": "2.0"',
      ],
      [
        "a route prefix with a slash",
        (each: TestApp) => writeFileSync(each.hostJson, JSON.stringify(prefix("/a"))),
        "routePrefix must be",
      ],
      ["no keys", (each: TestApp) => rmSync(each.keysFile), "keys.json: missing"],
      [
        "an empty key",
        (each: TestApp) => writeFileSync(each.keysFile, '{"hostKeys":{"a":""}}'),
        "hostKeys.a: expected a key",
      ],
      [
        "a key for no function",
        (each: TestApp) => writeFileSync(each.keysFile, '{"functionKeys":{"gone":{}}}'),
        'no function "gone"',
      ],
      [
        "keys of another shape",
        (each: TestApp) => writeFileSync(each.keysFile, '{"hostKeys":["secret-key"]}'),
        "hostKeys: expected",
      ],
    ])("for %s", async (_, breakIt, line) => {
      app = await createTestApp(SOURCE);
      breakIt(app);
      const failure = await app.start().catch(String);
      expect(failure).toContain(line);
      expect(failure).not.toMatch(/\n|secret-key/);
    });

    it.each([
      [
        "a queue trigger",
        `app.storageQueue("q", { queueName: "q", connection: "c", handler() {} });`,
        'function "q" has a queueTrigger',
      ],
      [
        "an output binding",
        `app.http("f", { extraOutputs: [{ type: "queue", name: "o" }], handler() {} });`,
        "binding of type queue",
      ],
      [
        "a leading slash",
        `app.http("f", { route: "/f", handler() {} });`,
        'function "f": route "/f" must not start with "/"',
      ],
      [
        "a route twice",
        `app.http("f", { route: "a/{x}", handler() {} }); app.http("g", { route: "a/{y}", handler() {} });`,
        'function "g": GET "a/{y}" is already the route of function "f"',
      ],
      [
        "a name twice",
        `app.http("f", { handler() {} }); app.http("F", { handler() {} });`,
        'function "F" is registered twice',
      ],
      [
        "an unknown constraint",
        `app.http("f", { route: "{x:regex(a)}", handler() {} });`,
        'does not know the constraint "regex(a)"',
      ],
      [
        "a mixed segment",
        `app.http("f", { route: "{a}.{b}", handler() {} });`,
        'does not support the segment "{a}.{b}"',
      ],
      [
        "the host's own routes",
        `app.http("f", { route: "Admin/x", handler() {} });`,
        `conflicts with the host's own "admin"`,
      ],
      [
        "a bad schedule",
        `app.timer("t", { schedule: "* * *", handler() {} });`,
        'function "t": schedule "* * *": expected six fields',
      ],
      ["a missing setting", `app.timer("t", { schedule: "%WHEN%", handler() {} });`, "the app setting WHEN"],
      ["no function", "", "registers no function"],
    ])("for %s", async (_, source, line) => {
      app = await createTestApp(source);
      expect(await app.start().catch(String)).toContain(line);
    });

    it("when the app streams and the library's model is asked for", async () => {
      app = await createTestApp(`app.setup({ enableHttpStream: true }); app.http("f", { handler() {} });`);
      const start = app.start({ environment: { SPECIMEN_HOST_MODEL: "library" } });
      await expect(start).rejects.toThrow('expected the setting SPECIMEN_HOST_MODEL to be "lazy"');
    });

    it("for settings of the host that it does not know", async () => {
      app = await createTestApp(SOURCE);
      await expect(app.start({ environment: { SPECIMEN_HOST_MODEL: "fast" } })).rejects.toThrow(
        'SPECIMEN_HOST_MODEL is "fast"',
      );
      await expect(
        superviseApp({ ...app, name: "x", bundle: "", environment: {}, log: () => undefined }),
      ).rejects.toThrow("SPECIMEN_APP_BUNDLE is missing");
    });
  });
});

const prefix = (routePrefix: string) => ({ version: "2.0", extensions: { http: { routePrefix } } });
