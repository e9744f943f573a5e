import { afterEach, describe, expect, it } from "@jest/globals";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { readCapabilities } from "./read-capabilities.ts";

describe("readCapabilities", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  function modelThat(getCapabilities: () => Promise<Record<string, string>>) {
    const getInvocationModel = () => {
      throw new Error("nothing is invoked here");
    };
    return { name: "test", version: "1", getInvocationModel, getCapabilities };
  }

  /** Listens as the library's proxy does: on any port of any address. */
  function listen(): Promise<AddressInfo> {
    const server = createServer();
    servers.push(server);
    return new Promise((resolve) => {
      server.listen(() => {
        const address = server.address();
        if (typeof address === "object" && address) resolve(address);
      });
    });
  }

  it("sees that an app streams, and closes the proxy that said so and nothing else", async () => {
    const addresses: string[] = [];
    const model = modelThat(async () => {
      const [proxy, other] = [await listen(), await listen()];
      addresses.push(proxy.address, other.address);
      return { HttpUri: `http://localhost:${proxy.port}/` };
    });
    expect(await readCapabilities(model)).toEqual({ streams: true });
    expect(servers.map((server) => server.listening)).toEqual([false, true]);
    expect(addresses[0]).toBe("127.0.0.1");
  });

  it("sees that an app does not stream, and lets its servers be", async () => {
    const model = modelThat(async () => {
      await listen();
      return {};
    });
    expect(await readCapabilities(model)).toEqual({ streams: false });
    expect(servers[0]?.listening).toBe(true);
    expect((await listen()).address).not.toBe("127.0.0.1");
  });
});
