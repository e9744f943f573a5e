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

describe("trace", () => {
  it("writes to the log", async () => {
    const { call, events } = await start({
      inbound:
        '<trace source="test" severity="error"><message>@("status " + context.Operation.Id)</message><metadata name="n" value="@("v")" /></trace>',
    });
    await call("/things/1");
    expect(events[0]).toMatchObject({
      type: "trace",
      source: "test",
      severity: "error",
      message: "status GET /{id}",
      metadata: { n: "v" },
    });
  });

  it("needs a message", async () => {
    expect(await refusalOf({ inbound: '<trace source="a" />' })).toBe(
      "api.xml:2: <trace> lacks its <message>",
    );
  });
});
