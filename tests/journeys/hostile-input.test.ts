import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "@jest/globals";
import { PARTNER_KEY, sharedPlatform } from "../support/addresses.ts";
import { clientOf, request } from "../support/client.ts";
import type { Answer, Call } from "../support/client.ts";
import { somebody } from "../support/people.ts";

const { gateway } = sharedPlatform();
const { call } = clientOf(gateway);
const MARK = "canary7b1f";

const json = { "content-type": "application/json" };
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** What may be told of a refusal: a problem of an app, or the gateway's own body; nothing of what was sent. */
function expectRefusal(answer: Answer): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get("content-type")).toMatch(/^application\/(problem\+)?json/);
  expect(answer.body.status ?? answer.body.statusCode).toBe(answer.status);
  expect(answer.text).not.toContain(MARK);
  expect(answer.text).not.toMatch(/\bat .+:\d+|node_modules|Error:/);
}

describe("hostile input is answered with a 4xx that echoes nothing", () => {
  it.each<[string, Call, string]>([
    ["no body", {}, "body-required"],
    [
      "the wrong content type",
      { rawBody: MARK, headers: { "content-type": "text/html" } },
      "media-type-unsupported",
    ],
    [
      "another charset",
      { rawBody: "{}", headers: { "content-type": "application/json; charset=utf-16" } },
      "media-type-unsupported",
    ],
    ["invalid JSON", { rawBody: `{"firstName": ${MARK}` }, "body-not-json"],
    [
      "invalid UTF-8",
      { rawBody: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), headers: json },
      "body-not-json",
    ],
    ["a 10 MB body", { rawBody: `{"firstName":"${MARK.repeat(1024 * 1024)}"}` }, "body-too-large"],
    ["200 levels of nesting", { rawBody: nested(200) }, "body-not-json"],
    [
      "200 levels of nested objects",
      { rawBody: `${'{"a":'.repeat(200)}1${"}".repeat(200)}` },
      "body-not-json",
    ],
    ["__proto__", { rawBody: `{"__proto__":{"isAdmin":"${MARK}"},"firstName":"a"}` }, "request-invalid"],
    ["constructor", { rawBody: `{"constructor":{"prototype":{"x":"${MARK}"}}}` }, "request-invalid"],
    ["duplicate keys", { rawBody: `{"firstName":"a","firstName":"${MARK}"}` }, "body-not-json"],
    ["unknown properties", { body: somebody({ [MARK]: 1 }) }, "request-invalid"],
    ["a number for a string", { body: somebody({ firstName: 17 }) }, "request-invalid"],
    ["an operator for a string", { body: somebody({ lastName: { $gt: MARK } }) }, "request-invalid"],
    ["an array for an object", { body: [MARK] }, "request-invalid"],
    ["null", { rawBody: "null" }, "request-invalid"],
    ["an unknown query parameter", { body: somebody(), query: { [MARK]: "1" } }, "request-invalid"],
  ])("%s", async (_, made, code) => {
    const answer = await call("createPatient", made);
    expectRefusal(answer);
    expect(answer.body.code).toBe(code);
  });

  it.each([
    "%00",
    "a%00b",
    "%2e%2e%2f",
    "%ff%fe",
    "%zz",
    "..",
    `${MARK}%20OR%201=1`,
    "{patientId}",
    "a;rev=2",
  ])("the id %s", async (id) => {
    expectRefusal(await request("GET", `${gateway}/patient/${id}`));
    expectRefusal(await request("GET", `${gateway}/patient/${id}/tests`));
    expectRefusal(await request("DELETE", `${gateway}/patient/${id}`));
  });

  it.each([
    "limit=0",
    "limit=1001",
    "limit=abc",
    "limit=1e3",
    "limit=1&limit=2",
    `cursor=${"x".repeat(600)}`,
  ])("the query %s", async (query) => {
    expectRefusal(await request("POST", `${gateway}/patient/search?${query}`, { body: {} }));
  });

  it("an operator in a search finds nothing of others", async () => {
    expectRefusal(await call("searchPatients", { body: { lastName: { $ne: "" } } }));
  });

  it.each([
    ["one header of 100 KB", [`X-Bomb: ${MARK.repeat(10_000)}`]],
    ["5,000 headers", Array.from({ length: 5_000 }, (_, index) => `X-Bomb-${index}: ${MARK}`)],
    ["a long If-Match", [`If-None-Match: ${MARK.repeat(100)}`]],
  ])("a header bomb: %s", async (_, headers) => {
    const text = await rawRequest([
      `GET /patient/00000000-0000-7000-8000-00000000dead HTTP/1.1`,
      `Host: ${new URL(gateway).host}`,
      `Ocp-Apim-Subscription-Key: ${PARTNER_KEY}`,
      "Connection: close",
      ...headers,
    ]);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).not.toContain(MARK);
  });

  it.each([
    ["no HTTP at all", ["\0\0\0\0"]],
    ["two content lengths", ["POST /patient HTTP/1.1", "Host: x", "Content-Length: 5", "Content-Length: 6"]],
    [
      "a smuggled body",
      ["POST /patient HTTP/1.1", "Host: x", "Content-Length: 5", "Transfer-Encoding: chunked"],
    ],
  ])("%s", async (_, lines) => {
    expect(await rawRequest(lines)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it("the platform still serves afterwards", async () => {
    expect((await call("createPatient", { body: somebody() })).status).toBe(201);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });
});

async function rawRequest(lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(gateway);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
  // The server may close while we still send.
  socket.on("error", () => undefined);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return text;
}
