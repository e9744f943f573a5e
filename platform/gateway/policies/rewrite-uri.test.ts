import { afterEach, describe, expect, it } from "@jest/globals";
import { refusalOf, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway(options));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const operations = [{ method: "GET", urlTemplate: "/get/{id}?a={b}" }];

describe("rewrite-uri", () => {
  it("replaces path and query, and appends what the operation's template does not name", async () => {
    const { call, seen } = await start({
      inbound: '<rewrite-uri template="/put/{id}" />',
      operations: [{ method: "GET", urlTemplate: "/get/{id}" }],
    });
    await call("/things/get/x%2Fy?c=d");
    expect(seen[0]?.url).toBe("/base/put/x%2Fy?c=d");
  });

  it("copies nothing when told so, and not twice what it names itself", async () => {
    const { call, seen } = await start({
      inbound:
        '<rewrite-uri template="@("/put?c=" + context.Request.MatchedParameters["id"])" copy-unmatched-params="@(context.Request.Url.Query.ContainsKey("copy"))" />',
      operations,
    });
    await call("/things/get/1?a=b&c=d");
    await call("/things/get/1?a=b&c=d&copy=1");
    expect(seen.map(({ url }) => url)).toEqual([
      "/base/put?c=1",
      expect.stringMatching(/^\/base\/put\?c=1&.*copy=1$/),
    ]);
  });

  it("fails for a parameter that the operation does not have", async () => {
    const { call } = await start({ inbound: '<rewrite-uri template="/put/{nobody}" />', operations });
    expect((await call("/things/get/1?a=b")).status).toBe(500);
    expect(await refusalOf({ outbound: '<rewrite-uri template="/" />' })).toContain(
      "may not stand in outbound",
    );
  });
});
