import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createServer, type Server } from "node:http";

import { createHttpHandler, type HttpHandler } from "./http-handler.ts";
import { openStream, readPiece, countRest } from "./test-support/open-stream.ts";

describe("an answer that is a stream", () => {
  let server: Server;
  let handler: HttpHandler;
  let url: string;
  let lines: string[];
  let cancel: () => Promise<unknown>;
  let told: Promise<void>;
  let tell: () => void;

  beforeEach(async () => {
    lines = [];
    told = new Promise((resolve) => (tell = resolve));
    cancel = () => {
      tell();
      return Promise.resolve();
    };
    let pieces = 0;
    const next = () =>
      new Promise<{ value: string }>((resolve) => pieces++ === 0 && resolve({ value: "first" }));
    const entry = {
      name: "export",
      trigger: "request",
      route: "export",
      methods: ["GET"],
      authLevel: "anonymous" as const,
      metadata: { name: "export", bindings: {} },
      callback: () => undefined,
    };
    handler = createHttpHandler({
      router: { match: () => ({ function: entry, params: {} }) },
      keys: { opens: () => true, isMaster: () => false, close: () => undefined },
      invoke: () =>
        Promise.resolve({
          status: 200,
          headers: {},
          cookies: [],
          body: "",
          stream: { next, cancel: () => cancel() },
        }),
      runTimer: () => false,
      log: { write: (level, _, message) => void lines.push(`${level} ${message}`) },
      maxBodyBytes: 0,
    });
    server = createServer(handler.handle).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("keeps the host from being drained, until it is cut off: then its source is told", async () => {
    const response = await openStream(url);
    await readPiece(response);
    let isDrained = false;
    const drained = handler.drain().then(() => (isDrained = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDrained).toBe(false);
    server.closeAllConnections();
    await Promise.all([drained, told, countRest(response)]);
    expect(response.complete).toBe(false);
    expect(lines).toEqual([]);
  });

  it("survives a source that fails when it is told, until whose next piece nobody waits", async () => {
    cancel = () => {
      tell();
      return Promise.reject(new RangeError("Ada Lovelace"));
    };
    const response = await openStream(url);
    await readPiece(response);
    response.destroy();
    await told;
    expect(lines.join("\n")).not.toContain("Lovelace");
  });
});
