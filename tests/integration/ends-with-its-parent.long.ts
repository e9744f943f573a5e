import { fork } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { rawRequest, sendRaw } from "../../platform/functions-host/test-support/send-raw.ts";
import { createTestApp, type TestApp } from "../../platform/functions-host/test-support/test-app.ts";

const SOURCE = `
  const open = { authLevel: "anonymous", methods: ["GET"] };
  app.http("ping", { ...open, handler: () => ({ body: String(process.pid) }) });
  app.http("hang", { ...open, handler: () => new Promise(() => {}) });
`;

/** Takes as long as an app may take to end what is under way. */
describe("a supervised app", () => {
  let app: TestApp;
  afterEach(() => app.remove());

  const get = (url: string, path: string) => sendRaw(url, rawRequest(`GET /${path}`));

  it("ends with its parent, however that ends", async () => {
    app = await createTestApp(SOURCE);
    const parent = fork(join(import.meta.dirname, "../../platform/functions-host/test-support/parent.ts"), {
      execArgv: [],
      env: {
        PATH: process.env.PATH,
        APP: JSON.stringify({ bundle: app.bundle, hostJson: app.hostJson, keysFile: app.keysFile }),
      },
    });
    const url = await new Promise<string>((resolve) =>
      parent.once("message", (message) => resolve(typeof message === "string" ? message : "")),
    );
    const connection = await fetch(`${url}/ping`);
    expect(connection.status).toBe(200);
    // The end of a request that can only end with its process.
    const hanging = get(url, "hang");
    parent.kill("SIGKILL");
    await expect(hanging).rejects.toThrow();
    await expect(get(url, "ping")).rejects.toThrow("ECONNREFUSED");
  }, 30_000);
});
