import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "@jest/globals";
import { recordAt } from "../synthetic/data-set.ts";
import { seedPatients } from "./seed-patients.ts";

const id = "0198c0de-0000-7000-8000-000000000001";
const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

interface Received {
  url: string;
  key: string | undefined;
  body: unknown;
}

async function gateway(answer: (count: number, response: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const key = request.headers["ocp-apim-subscription-key"];
      received.push({ url: request.url ?? "", key: String(key), body: JSON.parse(text) });
      answer(received.length, response);
    });
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, received };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString();
}

const created = (response: ServerResponse) => response.writeHead(201).end(JSON.stringify({ id }));
const silent = { write: () => true };

function seed(url: string, patients = 5, waits: number[] = []) {
  const options = { patients, gateway: url, key: "k", seed: "test" };
  return seedPatients(options, silent, (milliseconds) => Promise.resolve(waits.push(milliseconds)));
}

describe("seedPatients", () => {
  it("creates each patient of the data set, and then the tests", async () => {
    const { url, received } = await gateway((_, response) => created(response));
    const records = Array.from({ length: 20 }, (_, index) => recordAt("test", index));
    const tests = records.flatMap((record) => record.tests);
    await expect(seed(url, 20)).resolves.toEqual({ patients: 20, tests: tests.length, retries: 0 });
    const sent = (path: string) =>
      received.filter((request) => request.url === path).map(({ body }) => JSON.stringify(body));
    expect(sent("/patient").sort()).toEqual(records.map(({ patient }) => JSON.stringify(patient)).sort());
    expect(sent(`/patient/${id}/tests`).sort()).toEqual(tests.map((test) => JSON.stringify(test)).sort());
    expect(new Set(received.map(({ key }) => key))).toEqual(new Set(["k"]));
  });

  it("sends again when the platform is busy, after the time that it asks for", async () => {
    const busy = (response: ServerResponse, status: number, headers = {}) =>
      response.writeHead(status, headers).end("{}");
    const { url } = await gateway((count, response) => {
      if (count === 1) busy(response, 429, { "retry-after": "3" });
      else if (count === 2) busy(response, 503);
      else created(response);
    });
    const waits: number[] = [];
    await expect(seed(url, 1, waits)).resolves.toMatchObject({ patients: 1, retries: 2 });
    expect(waits).toEqual([3000, 1000]);
  });

  it("gives up when the platform stays busy", async () => {
    const { url, received } = await gateway((_, response) => response.writeHead(503).end());
    await expect(seed(url, 1)).rejects.toThrow(`${url} still answers 503 after 6 more tries.`);
    expect(received).toHaveLength(7);
  });

  it("names the code and the request of a problem, and nothing else of it", async () => {
    const problem = { code: "request-invalid", requestId: id, detail: "Vera Muster" };
    const { url } = await gateway((_, response) => response.writeHead(400).end(JSON.stringify(problem)));
    await expect(seed(url, 1)).rejects.toThrow(
      `${url} answered 400 (request-invalid, requestId ${id}); expected 201.`,
    );
  });

  it("stops at the first failure", async () => {
    const { url, received } = await gateway((_, response) => response.writeHead(500).end("<html>"));
    await expect(seed(url, 500)).rejects.toThrow(`${url} answered 500; expected 201.`);
    expect(received.length).toBeLessThanOrEqual(8);
  });

  it("says what to do about a key that is refused", async () => {
    const { url } = await gateway((_, response) => response.writeHead(401).end());
    await expect(seed(url)).rejects.toThrow("refuses the key (401). Pass one with --key");
  });

  it("says what to do about a gateway that is not there", async () => {
    const { url } = await gateway(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    await expect(seed(url)).rejects.toThrow(`${url} cannot be reached (ECONNREFUSED). Is it running?`);
  });

  it("refuses a server that creates without an id", async () => {
    const { url } = await gateway((_, response) => response.writeHead(201).end("fine"));
    await expect(seed(url, 1)).rejects.toThrow("201 without an id");
  });
});
