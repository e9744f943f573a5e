import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { listenForTest } from "./fixtures/test-backend.ts";
import { startTestGateway } from "./fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "./fixtures/test-gateway.ts";

const global = readFileSync(new URL("../../apim-policies/global.xml", import.meta.url), "utf8");

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway({ documents: { global }, ...options }));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

function sayStatus(status: number, headers: Record<string, string> = {}, body = "") {
  return (_request: unknown, response: ServerResponse) =>
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers }).end(body);
}

describe("the global policy", () => {
  it.each([
    [413, "The body of the request is too long."],
    [414, "The address of the request is too long."],
    [431, "The headers of the request are too many or too long."],
    [404, "Resource not found"],
    [500, "Internal server error"],
    [503, "The request could not be served."],
  ])("gives a bare %i of an app's host the gateway's body", async (status, message) => {
    const { call } = await start({ handler: sayStatus(status, { "retry-after": "7" }) });
    const answer = await call("/things/1");
    expect(answer).toMatchObject({ status, body: `{ "statusCode": ${status}, "message": "${message}" }` });
    expect(answer.headers).toMatchObject({
      "content-type": "application/json",
      "content-length": String(answer.body.length),
      "retry-after": "7",
    });
  });

  it("gives none to HEAD", async () => {
    const { call } = await start({ handler: sayStatus(431) });
    expect(await call("/things/1", { method: "HEAD" })).toMatchObject({ status: 431, body: "" });
  });

  it.each([
    [413, { "content-type": "application/problem+json" }, '{"status":413}'],
    [500, { "Content-Type": "text/html" }, "<p>down"],
    [304, {}, ""],
    [204, {}, ""],
  ])("leaves a %i with %j as it is", async (status, headers, body) => {
    const { call } = await start({ handler: sayStatus(status, headers, body) });
    const answer = await call("/things/1");
    expect(answer).toMatchObject({ status, body });
    expect(answer.headers["content-type"]).toBe(Object.values(headers)[0]);
  });

  it("answers a client that is still sending the body that was refused", async () => {
    const backend = await listenForTest(
      createServer((incoming, response) => {
        response.writeHead(413, { "content-length": "0", connection: "close" }).flushHeaders();
        incoming.once("end", () => response.end()).resume();
      }),
    );
    const { call } = await start({ settings: { backends: { things: backend.url } } });
    const answer = await call("/things", { method: "POST", body: Buffer.alloc(10_000_000) }).finally(
      backend.close,
    );
    expect(answer).toMatchObject({ status: 413, headers: { "content-type": "application/json" } });
    expect(JSON.parse(answer.body)).toMatchObject({ statusCode: 413 });
  });

  it("believes no client about who it is", async () => {
    const { call, seen } = await start({});
    const forged = ["x-specimen-subscription", "x-specimen-product", "x-specimen-client", "x-functions-key"];
    await call("/things/1?subscription-key=other", {
      headers: Object.fromEntries(forged.map((name) => [name, "forged"])),
    });
    expect(seen[0]?.url).toBe("/base/1");
    expect(seen[0]?.headers).toMatchObject({
      "x-specimen-subscription": "local-partner",
      "x-specimen-product": "partner",
    });
    for (const name of ["x-specimen-client", "x-functions-key", "ocp-apim-subscription-key"])
      expect(seen[0]?.headers).not.toHaveProperty(name);
  });
});
