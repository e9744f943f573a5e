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

describe("rate-limit-by-key", () => {
  it("counts by what its expression gives, over all policies with the same key", async () => {
    const byKey =
      '<rate-limit-by-key calls="2" renewal-period="60" counter-key="@(context.Request.Headers.GetValueOrDefault("x-who", ""))" />';
    const { call } = await start({ inbound: byKey + byKey });
    expect((await call("/things/1", { headers: { "x-who": "a" } })).status).toBe(200);
    expect((await call("/things/1", { headers: { "x-who": "a" } })).status).toBe(429);
    expect((await call("/things/1", { headers: { "x-who": "b" } })).status).toBe(200);
  });

  it("refuses counting by condition", async () => {
    const inbound =
      '<rate-limit-by-key calls="1" renewal-period="60" counter-key="a" increment-condition="true" />';
    expect(await refusalOf({ inbound })).toContain("has no attribute increment-condition");
  });
});
