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

describe("ip-filter", () => {
  const forbidden = { status: 403, body: '{ "statusCode": 403, "message": "Forbidden" }' };

  it("forbids and allows by address and range", async () => {
    const { call } = await start({
      inbound: `<choose>
        <when condition="@(context.Request.Url.Query.ContainsKey("forbid"))"><ip-filter action="forbid"><address-range from="127.0.0.0" to="127.255.255.255" /></ip-filter></when>
        <when condition="@(context.Request.Url.Query.ContainsKey("other"))"><ip-filter action="allow"><address>10.0.0.1</address></ip-filter></when>
        <otherwise><ip-filter action="allow"><address> 127.0.0.1 </address></ip-filter></otherwise></choose>`,
    });
    expect(await call("/things/1?forbid")).toMatchObject(forbidden);
    expect(await call("/things/1?other")).toMatchObject(forbidden);
    expect((await call("/things/1")).status).toBe(200);
  });

  it("refuses addresses that are none", async () => {
    expect(
      await refusalOf({ inbound: '<ip-filter action="allow"><address>localhost</address></ip-filter>' }),
    ).toContain("names no IP address");
    expect(await refusalOf({ inbound: '<ip-filter action="allow" />' })).toContain("lists no address");
    expect(
      await refusalOf({
        inbound: '<ip-filter action="allow"><address-range from="10.0.0.1" to="::1" /></ip-filter>',
      }),
    ).toContain("names no IP");
  });
});
