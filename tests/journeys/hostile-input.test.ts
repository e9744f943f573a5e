import { describe, expect, it } from "@jest/globals";
import { PARTNER_KEY, sharedPlatform } from "../support/addresses.ts";
import { CANARY } from "../support/canary.ts";
import { clientOf, request } from "../support/client.ts";
import type { Answer, Call } from "../support/client.ts";
import { somebody, UNKNOWN_ID } from "../support/people.ts";
import { rawCall, rawRequest } from "../support/raw-request.ts";
import { streamBody } from "../support/stream-body.ts";

const { gateway } = sharedPlatform();
const { call } = clientOf(gateway);

const HUGE = 120 * 1024 * 1024;
const json = { "content-type": "application/json" };
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** What may be told of a refusal: a problem of an app, or the gateway's own body; nothing of what was sent. */
function expectRefusal(answer: Answer): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get("content-type")).toMatch(/^application\/(problem\+)?json/);
  expect(answer.body.status ?? answer.body.statusCode).toBe(answer.status);
  expect(answer.text).not.toContain(CANARY);
  expect(answer.text).not.toMatch(/\bat .+:\d+|node_modules|Error:/);
}

describe("hostile input is answered with a 4xx that echoes nothing", () => {
  it.each<[string, Call, string]>([
    ["no body", {}, "body-required"],
    [
      "the wrong content type",
      { rawBody: CANARY, headers: { "content-type": "text/html" } },
      "media-type-unsupported",
    ],
    [
      "another charset",
      { rawBody: "{}", headers: { "content-type": "application/json; charset=utf-16" } },
      "media-type-unsupported",
    ],
    ["invalid JSON", { rawBody: `{"firstName": ${CANARY}` }, "body-not-json"],
    [
      "invalid UTF-8",
      { rawBody: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), headers: json },
      "body-not-json",
    ],
    ["a 10 MB body", { rawBody: `{"firstName":"${CANARY.repeat(1024 * 1024)}"}` }, "body-too-large"],
    ["200 levels of nesting", { rawBody: nested(200) }, "body-not-json"],
    [
      "200 levels of nested objects",
      { rawBody: `${'{"a":'.repeat(200)}1${"}".repeat(200)}` },
      "body-not-json",
    ],
    ["__proto__", { rawBody: `{"__proto__":{"isAdmin":"${CANARY}"},"firstName":"a"}` }, "request-invalid"],
    ["constructor", { rawBody: `{"constructor":{"prototype":{"x":"${CANARY}"}}}` }, "request-invalid"],
    ["duplicate keys", { rawBody: `{"firstName":"a","firstName":"${CANARY}"}` }, "body-not-json"],
    ["unknown properties", { body: somebody({ [CANARY]: 1 }) }, "request-invalid"],
    ["a number for a string", { body: somebody({ firstName: 17 }) }, "request-invalid"],
    ["an operator for a string", { body: somebody({ lastName: { $gt: CANARY } }) }, "request-invalid"],
    ["an array for an object", { body: [CANARY] }, "request-invalid"],
    ["null", { rawBody: "null" }, "request-invalid"],
    ["an unknown query parameter", { body: somebody(), query: { [CANARY]: "1" } }, "request-invalid"],
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
    `${CANARY}%20OR%201=1`,
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

  const headers = (count: number) =>
    Array.from({ length: count }, (_, index) => `X-Bomb-${index}: ${CANARY}`);

  it.each([
    ["one header of 100 KB", "", [`X-Bomb: ${CANARY.repeat(10_000)}`]],
    ["one header of 20 KB", "", [`X-Bomb: ${CANARY.repeat(2_000)}`]],
    ["5,000 headers", "", headers(5_000)],
    ["300 headers", "", headers(300)],
    ["150 headers", "", headers(150)],
    ["95 headers", "", headers(95)],
    ["60 headers", "", headers(60)],
    ["a long If-None-Match", "", [`If-None-Match: ${CANARY.repeat(100)}`]],
    ["an id of 5,000 characters", CANARY.repeat(500), []],
    ["a query of 5,000 characters", `?${CANARY}=${CANARY.repeat(500)}`, []],
    ["a query of 500 parameters", `?${"a=1&".repeat(500)}`, []],
    ["20 KB of the address", `/${"%41".repeat(7_000)}`, []],
  ])("a bomb: %s", async (_, behind, lines) => {
    const target = `/patient/${UNKNOWN_ID}${behind}`;
    expectRefusal(await rawCall(gateway, "GET", target, { key: PARTNER_KEY, lines }));
  });

  it.each([
    ["no HTTP at all", ["\0\0\0\0"]],
    ["two content lengths", ["POST /patient HTTP/1.1", "Host: x", "Content-Length: 5", "Content-Length: 6"]],
    [
      "a smuggled body",
      ["POST /patient HTTP/1.1", "Host: x", "Content-Length: 5", "Transfer-Encoding: chunked"],
    ],
  ])("%s", async (_, lines) => {
    expectRefusal(await rawRequest(gateway, lines));
  });

  it.each([
    ["announced", { "content-length": String(HUGE) }],
    ["in chunks", {}],
  ])("a body of 120 MB, %s", async (_, announced) => {
    const headers = { ...json, "ocp-apim-subscription-key": PARTNER_KEY, ...announced };
    const attempt = () => streamBody("POST", `${gateway}/patient`, HUGE, headers);
    // A client that goes on writing can lose an answer that is followed by the end of the connection (RFC 9112, 9.6).
    const answer = await attempt().catch(attempt);
    expectRefusal(answer);
    expect(answer.status).toBe(413);
  });

  it("the platform still serves afterwards", async () => {
    expect((await call("createPatient", { body: somebody() })).status).toBe(201);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });
});
