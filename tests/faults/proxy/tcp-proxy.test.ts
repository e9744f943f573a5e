import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tcpProxy } from "./tcp-proxy.ts";
import type { LineFault, TcpProxy } from "./tcp-proxy.ts";

describe("tcpProxy", () => {
  let server: Server;
  let proxy: TcpProxy;
  let served: number;

  beforeEach(async () => {
    served = 0;
    server = createServer((_request, response) => {
      served++;
      response.end("whole");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    proxy = await tcpProxy(portOf(server));
  });

  afterEach(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  const ask = async (timeoutMs = 2_000): Promise<string> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(`http://127.0.0.1:${proxy.port}/`, {
      method: "POST",
      body: "question",
      signal,
    });
    return answer.text();
  };

  it.each<[LineFault, number]>([
    ["refuse", 0],
    ["cut-request", 0],
    ["reset-after-first-byte", 1],
  ])(
    "%s: the client gets an error, the server %d whole request, and then all is well again",
    async (fault, whole) => {
      expect(await ask()).toBe("whole");
      await proxy.suffer(fault);
      await expect(ask()).rejects.toThrow();
      expect(served).toBe(1 + whole);
      await proxy.suffer("none");
      expect(await ask()).toBe("whole");
    },
  );

  it("a black hole answers nothing, not even later", async () => {
    expect(await ask()).toBe("whole");
    await proxy.suffer("black-hole");
    await expect(ask(50)).rejects.toThrow();
    expect(served).toBe(1);
    await proxy.suffer("none");
    expect(await ask()).toBe("whole");
  });

  it("holds answers back", async () => {
    await proxy.suffer({ delayMs: 60 });
    const start = performance.now();
    expect(await ask()).toBe("whole");
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });

  it("goes to another server from one connection to the next", async () => {
    const other = createServer((_request, response) => response.end("other"));
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    proxy.to(portOf(other));
    await proxy.suffer("refuse");
    await proxy.suffer("none");
    expect(await ask()).toBe("other");
    other.closeAllConnections();
    other.close();
  });
});

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("It does not listen.");
  return address.port;
}
