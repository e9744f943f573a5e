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

const lookup = '<cache-lookup-value key="@("k:" + context.Subscription.Id)" variable-name="v" />';
const report =
  '<set-header name="x-v"><value>@(context.Variables.ContainsKey("v") ? context.Variables.GetValueOrDefault<string>("v", "") : "unset")</value></set-header>';
const store =
  '<cache-store-value key="@("k:" + context.Subscription.Id)" value="@("stored")" duration="30" />';

describe("cache-lookup-value, cache-store-value, cache-remove-value", () => {
  it("leaves the variable unset on a miss, and keeps a value for its duration", async () => {
    const clock = { time: 0 };
    const { call, seen } = await start({ inbound: lookup + report, outbound: store, clock });
    await call("/things/1");
    await call("/things/1");
    clock.time = 29_999;
    await call("/things/1");
    clock.time = 60_000;
    await call("/things/1");
    expect(seen.map(({ headers }) => headers["x-v"])).toEqual(["unset", "stored", "stored", "unset"]);
  });

  it("gives the default on a miss, and forgets on removal", async () => {
    const { call, seen } = await start({
      inbound: `<cache-lookup-value key="k:local-partner" variable-name="v" default-value="none" caching-type="internal" />${report}${store}`,
      outbound:
        '<choose><when condition="@(context.Response.StatusCode == 401)"><cache-remove-value key="k:local-partner" /></when></choose>',
      handler: ({ url }, response) => response.writeHead(url === "/base/out" ? 401 : 200).end(),
    });
    await call("/things/1");
    await call("/things/out");
    await call("/things/1");
    expect(seen.map(({ headers }) => headers["x-v"])).toEqual(["none", "stored", "none"]);
  });

  it("refuses a cache that is not there", async () => {
    expect(
      await refusalOf({
        inbound: '<cache-lookup-value key="a" variable-name="b" caching-type="external" />',
      }),
    ).toContain("executes internal");
    expect(await refusalOf({ inbound: '<cache-store-value key="a" value="b" />' })).toContain(
      "lacks its attribute duration",
    );
  });
});
