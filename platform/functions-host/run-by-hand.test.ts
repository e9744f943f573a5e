import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { writeFileSync } from "node:fs";

import type { SupervisedApp } from "./supervise-app.ts";
import { rawRequest, sendRaw } from "./test-support/send-raw.ts";
import { createTestApp, HOST_KEY, type TestApp } from "./test-support/test-app.ts";

const MASTER_KEY = "master-key-of-the-test";
const MASTER = [`x-functions-key: ${MASTER_KEY}`, "Content-Type: application/json"];

const SOURCE = `
  let release;
  const gate = new Promise((resolve) => { release = resolve; });
  app.timer("publishCheckpoint", { schedule: "0 0 0 1 1 *", handler: (timer, context) => {
    context.log("ran", timer.isPastDue, timer.scheduleStatus.next); return gate; } });
  app.http("release", { methods: ["GET"], authLevel: "anonymous", handler: () => { release(); } });
  app.http("secret", { methods: ["GET"], authLevel: "admin", handler: () => ({ body: "open" }) });
  app.http("own", { methods: ["GET"], authLevel: "function", handler: () => ({ body: "open" }) });
`;

describe("POST /admin/functions/{name}", () => {
  let app: TestApp;
  let host: SupervisedApp;

  beforeAll(async () => {
    app = await createTestApp(SOURCE, { keys: { hostKeys: { default: HOST_KEY, _master: MASTER_KEY } } });
    host = await app.start();
  });

  afterAll(() => app.remove());

  const send = async (line: string, headers = MASTER, body = '{"input": ""}') => {
    const { status, body: answer } = await sendRaw(host.url, rawRequest(line, headers, body));
    return [status, answer.length];
  };
  const runs = () => app.lines.filter((line) => line.includes("ran")).length;

  it("says 202 at once, with the function started and the timer that it gets by schedule", async () => {
    expect(await send("POST /admin/functions/publishCheckpoint")).toEqual([202, 0]);
    expect(await app.sees("ran")).toMatch(
      /^information publishCheckpoint: ran false \d{4}-01-01T00:00:00\.000Z$/,
    );
    await sendRaw(host.url, rawRequest("GET /release"));
  });

  it.each(["{}", '{"input": "x"}', '{"input": 1}', '{"input": null}'])("takes %s", async (body) => {
    expect(await send("POST /ADMIN/Functions/PublishCheckpoint", MASTER, body)).toEqual([202, 0]);
  });

  it.each(["", "{", '"x"', "[]", "null", '{"input": {}}'])("answers %j with 400", async (body) => {
    expect(await send("POST /admin/functions/publishCheckpoint", MASTER, body)).toEqual([400, 0]);
  });

  it.each(["unknown", "secret", "publishCheckpoint/x", "publishCheckpoint%00"])(
    "knows no %s",
    async (name) => {
      const [status] = await send(`POST /admin/functions/${name}`);
      expect(status).toBe(name.includes("%00") ? 400 : 404);
    },
  );

  it.each([
    "GET /admin/functions/publishCheckpoint",
    "PUT /admin/functions/publishCheckpoint",
    "POST /admin/functions",
  ])("has no %s", async (line) => {
    expect(await send(line)).toEqual([404, 0]);
  });

  it.each([
    ["no key", []],
    ["another host key", [`x-functions-key: ${HOST_KEY}`]],
    ["a wrong key", ["x-functions-key: no"]],
  ])("answers %s with 401, whatever is asked for", async (_, headers) => {
    const before = runs();
    expect(await send("POST /admin/functions/publishCheckpoint", headers)).toEqual([401, 0]);
    expect(await send("POST /admin/functions/unknown", headers, "{")).toEqual([401, 0]);
    expect(runs()).toBe(before);
  });

  it("opens the functions of every level with the master key", async () => {
    expect(await send("GET /secret", MASTER, "")).toEqual([200, 4]);
    expect(await send("GET /own", MASTER, "")).toEqual([200, 4]);
    expect(await send("GET /secret", [`x-functions-key: ${HOST_KEY}`], "")).toEqual([401, 0]);
  });

  it("has no master key that the file does not name", async () => {
    writeFileSync(app.keysFile, `{"hostKeys": {"default": "${HOST_KEY}"}}`);
    const other = await app.start();
    const request = rawRequest(
      "POST /admin/functions/publishCheckpoint",
      [`x-functions-key: ${HOST_KEY}`],
      "{}",
    );
    expect((await sendRaw(other.url, request)).status).toBe(401);
  });
});
