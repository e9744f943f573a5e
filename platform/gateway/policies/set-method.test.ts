import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway(options));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

describe("set-method", () => {
  it("changes the method that the backend sees", async () => {
    const { call, seen } = await start({
      inbound: '<set-method>@(context.Request.Method == "GET" ? "put" : "GET")</set-method>',
    });
    await call("/things/1");
    expect(seen[0]?.method).toBe("PUT");
  });

  it("fails for what is no method", async () => {
    const { call, seen } = await start({
      inbound: '<set-method>@(context.Request.Url.Query.GetValueOrDefault("m", ""))</set-method>',
    });
    expect((await call("/things/1?m=GET%20/evil%20HTTP/1.1%0d%0a")).status).toBe(500);
    expect(seen).toEqual([]);
  });
});
