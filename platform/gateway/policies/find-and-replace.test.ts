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

describe("find-and-replace", () => {
  it("replaces every occurrence in the request's and the response's body", async () => {
    const { call, seen } = await start({
      inbound: '<find-and-replace from="a.b" to="@("$&")" />',
      outbound: '<find-and-replace from="ok" to="fine" />',
    });
    const answer = await call("/things", { method: "POST", body: "a.b axb a.b" });
    expect(seen[0]?.body).toBe("$& axb $&");
    expect(answer.body).toBe('{"fine":true}');
  });
});
