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

describe("set-query-parameter", () => {
  it("deletes a parameter however it is escaped, and leaves the rest as it was sent", async () => {
    const { call, seen } = await start({
      inbound: '<set-query-parameter name="subscription-key" exists-action="delete" />',
    });
    await call("/things/1?a=%41&subscription%2Dkey=partner-key&b&subscription-key=x&c=+");
    await call("/things/1?subscription-key=partner-key");
    expect(seen.map(({ url }) => url)).toEqual(["/base/1?a=%41&b&c=+", "/base/1"]);
  });

  it("overrides, skips and appends", async () => {
    const { call, seen } = await start({
      inbound: `
        <set-query-parameter name="over"><value>n&amp;w</value></set-query-parameter>
        <set-query-parameter name="skip" exists-action="skip"><value>new</value></set-query-parameter>
        <set-query-parameter name="add" exists-action="append"><value>@("new")</value></set-query-parameter>`,
    });
    await call("/things/1?over=1&skip=2&add=3&over=4");
    expect(seen[0]?.url).toBe("/base/1?skip=2&add=3&over=n%26w&add=new");
  });

  it("stands in inbound and backend only", async () => {
    expect(await refusalOf({ outbound: '<set-query-parameter name="a" />' })).toContain(
      "may not stand in outbound",
    );
  });
});
