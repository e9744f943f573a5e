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

describe("set-status", () => {
  it("sets code and reason of the response", async () => {
    const { call } = await start({ outbound: '<set-status code="@(context.Response.StatusCode + 2)" />' });
    expect((await call("/things/1")).status).toBe(202);
  });

  it("fails for a code that cannot be sent", async () => {
    const { call } = await start({ outbound: '<set-status code="@(99)" reason="Never" />' });
    expect((await call("/things/1")).status).toBe(500);
    expect(await refusalOf({ outbound: '<set-status code="abc" reason="" />' })).toContain(
      'api.xml:4: "abc" is no whole number',
    );
  });
});
