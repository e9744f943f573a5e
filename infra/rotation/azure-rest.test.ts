import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { azureRest } from "./azure-rest.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serving(answer: (request: IncomingMessage, response: ServerResponse, url: string) => void) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ""} ${request.url ?? ""}`);
    answer(request, response, url);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
  const waited: number[] = [];
  const wait = (milliseconds: number) => Promise.resolve(void waited.push(milliseconds));
  const credential = { getToken: () => Promise.resolve({ token: "token-1" }) };
  return { seen, waited, rest: azureRest({ url, scope: "scope", credential, wait, timeoutMs: 5_000 }) };
}

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

describe("azureRest", () => {
  it("sends a token and the body, and gives the answer's members", async () => {
    const { rest, seen } = await serving((request, response) =>
      json(response, 200, { given: request.headers.authorization }),
    );
    expect(await rest.call("PUT", "/secrets/a?api-version=7.4", { value: "x" })).toEqual({
      given: "Bearer token-1",
    });
    expect(seen).toEqual(["PUT /secrets/a?api-version=7.4"]);
  });

  it("tries again what is throttled, after the time that the answer names", async () => {
    let asked = 0;
    const { rest, waited } = await serving((_request, response) =>
      ++asked < 3 ? json(response, 429, {}, { "retry-after": "7" }) : json(response, 200, { ok: true }),
    );
    expect(await rest.call("GET", "/a")).toEqual({ ok: true });
    expect(waited).toEqual([7_000, 7_000]);
  });

  it("gives up after five tries", async () => {
    const { rest, seen } = await serving((_request, response) => json(response, 503, {}));
    await expect(rest.call("GET", "/a")).rejects.toThrow("GET /a was answered with 503.");
    expect(seen).toHaveLength(5);
  });

  it.each(["azure-asyncoperation", "location"])("follows what takes longer, by %s", async (header) => {
    let asked = 0;
    const { rest, seen } = await serving((request, response, url) => {
      if (request.method === "POST") return json(response, 202, {}, { [header]: `${url}/operations/1` });
      if (++asked < 3)
        return header === "location"
          ? json(response, 202, {}, { location: `${url}/operations/1` })
          : json(response, 200, { status: "InProgress" });
      return json(response, 200, { status: "Succeeded" });
    });
    expect(await rest.call("POST", "/regenerateKey")).toEqual({ status: "Succeeded" });
    expect(seen).toEqual([
      "POST /regenerateKey",
      "GET /operations/1",
      "GET /operations/1",
      "GET /operations/1",
    ]);
  });

  it("tells that what took longer has failed", async () => {
    const { rest } = await serving((request, response, url) =>
      request.method === "POST"
        ? json(response, 202, {}, { "azure-asyncoperation": `${url}/operations/1` })
        : json(response, 200, { status: "Failed", error: { code: "X", message: "canary" } }),
    );
    await expect(rest.call("POST", "/a")).rejects.toThrow("POST /a was answered with 200 Failed.");
  });

  it("says that nobody is signed in, once, without the credential's own words", async () => {
    let asked = 0;
    const credential = { getToken: () => Promise.reject(new Error(`canary ${++asked}`)) };
    const rest = azureRest({ url: "http://127.0.0.1:9", scope: "scope", credential });
    await expect(rest.call("GET", "/a")).rejects.toThrow(
      "Nobody is signed in who gets a token for scope: az login",
    );
    expect(asked).toBe(1);
  });

  it("names the call and Azure's code, and nothing that was sent or answered", async () => {
    const { rest } = await serving((_request, response) =>
      json(response, 403, { error: { code: "Forbidden", message: "canary" } }),
    );
    const path = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Web/sites/app?api-version=1";
    await expect(rest.call("PUT", path, { value: "canary" })).rejects.toThrow(
      "PUT Microsoft.Web/sites/app was answered with 403 Forbidden.",
    );
  });
});
