import { describe, expect, it } from "@jest/globals";
import type { Reply } from "./reply.ts";
import { serialise, UnsendableReplyError } from "./serialise.ts";

describe("serialise", () => {
  it("writes JSON, and keeps it out of every cache", () => {
    expect(serialise({ status: 200, headers: { etag: '"1"' }, body: { name: "ä" } })).toEqual({
      status: 200,
      headers: { "cache-control": "no-store", "content-type": "application/json", etag: '"1"' },
      body: '{"name":"ä"}',
    });
  });

  it("lets a reply name another content type", () => {
    const { headers } = serialise({
      status: 400,
      headers: { "content-type": "application/problem+json" },
      body: {},
    });
    expect(headers["content-type"]).toBe("application/problem+json");
  });

  it("gives an answer without a body neither body nor content type", () => {
    expect(serialise({ status: 204 })).toEqual({ status: 204, headers: { "cache-control": "no-store" } });
  });

  it("leaves out headers that are undefined", () => {
    expect(serialise({ status: 200, headers: { link: undefined }, body: [] }).headers).not.toHaveProperty(
      "link",
    );
  });

  it("writes numbers of headers", () => {
    expect(serialise({ status: 503, headers: { "retry-after": 0 } }).headers["retry-after"]).toBe("0");
  });

  it.each([204, 205, 304])("sends no content with %d, whatever the reply holds", (status) => {
    expect(serialise({ status, body: { id: 1 } })).toEqual({
      status,
      headers: { "cache-control": "no-store" },
    });
  });

  it.each<[string, Reply]>([
    ["a status that is no number", { status: Number.NaN }],
    ["a status with a fraction", { status: 200.5 }],
    ["a status that is not final", { status: 101 }],
    ["a status that HTTP does not have", { status: 600 }],
    ["a header with a line break", { status: 200, headers: { link: "canary\r\nset-cookie: a=b" } }],
    ["a header that is not of Latin-1", { status: 200, headers: { link: "canary\u0101" } }],
    ["a function", { status: 200, body: () => "canary" }],
    ["a body that says it is nothing", { status: 200, body: { toJSON: () => undefined } }],
  ])("refuses %s", (_name, reply) => {
    expect(() => serialise(reply)).toThrow(UnsendableReplyError);
    expect(() => serialise(reply)).not.toThrow("canary");
  });

  it("refuses what is no JSON", () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    for (const body of [cycle, { count: 1n }])
      expect(() => serialise({ status: 200, body })).toThrow(TypeError);
  });

  it.each([[], null, 0, "", false])("writes the body %j", (body) => {
    expect(serialise({ status: 200, body }).body).toBe(JSON.stringify(body));
  });
});
