import { describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, PARTNER_KEY, sharedPlatform } from "../support/addresses.ts";
import { request } from "../support/client.ts";

const { gateway } = sharedPlatform();

describe("the gateway", () => {
  it("says that it is ready", async () => {
    expect((await request("GET", `${gateway}/status-0123456789abcdef`, { key: null })).status).toBe(200);
  });

  it.each([
    ["PATCH", "/patient"],
    ["GET", "/patient"],
    ["DELETE", "/audit/records"],
    ["GET", "/nothing"],
    ["GET", "/"],
  ])("answers %s %s, which no contract has, with APIM's 404", async (method, path) => {
    for (const key of [PARTNER_KEY, AUDITOR_KEY, null]) {
      const { status, text } = await request(method, gateway + path, { key });
      expect([status, text]).toEqual([404, '{ "statusCode": 404, "message": "Resource not found" }']);
    }
  });

  it("continues a client's trace and replaces a malformed one", async () => {
    const url = `${gateway}/patient/no-uuid`;
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const continued = await request("GET", url, {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    expect(continued.body.traceId).toBe(traceId);
    const again = await request("GET", url, {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    expect(again.body.requestId).not.toBe(continued.body.requestId);
    const malformed = await request("GET", url, { headers: { traceparent: "00-zz-zz-01" } });
    expect(malformed.body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it("serves the portal: pages, contracts to download, and a page for each error", async () => {
    for (const path of ["/portal/", "/portal/errors/patient-not-found", "/portal/errors/"]) {
      const { status, headers, text } = await request("GET", gateway + path, { key: null });
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get("content-type")).toMatch(/^text\/html/);
      expect(text).toContain("<html");
    }
    expect((await request("GET", `${gateway}/portal/../package.json`, { key: null })).status).toBe(404);
    expect((await request("GET", `${gateway}/portal/%2e%2e/%2e%2e/package.json`, { key: null })).status).toBe(
      404,
    );
  });
});
