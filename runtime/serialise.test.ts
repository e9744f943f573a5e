import { describe, expect, it } from "@jest/globals";
import { serialise } from "./serialise.ts";

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

  it.each([[], null, 0, "", false])("writes the body %j", (body) => {
    expect(serialise({ status: 200, body }).body).toBe(JSON.stringify(body));
  });
});
