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

describe("set-backend-service", () => {
  it("moves the request to a backend by id, or by address, keeping path and query", async () => {
    const { call, seen, url } = await start({
      inbound: `<choose>
        <when condition="@(context.Request.Url.Query.ContainsKey("url"))">
          <set-backend-service base-url="@("http://127.0.0.1:" + context.Request.Url.Port + "/other/")" />
        </when>
        <otherwise><set-backend-service backend-id="@("th" + "ings")" /></otherwise></choose>`,
    });
    expect(url).toContain("127.0.0.1");
    await call("/things/1?url=1");
    await call("/things/1?q=1");
    expect(seen.map(({ url }) => url)).toEqual(["/other/1?url=1", "/base/1?q=1"]);
  });

  it("fails for a backend that an expression invents", async () => {
    const { call } = await start({ inbound: '<set-backend-service backend-id="@("nobody")" />' });
    expect((await call("/things/1")).status).toBe(500);
  });

  it("refuses a backend that does not exist, and half a place", async () => {
    expect(await refusalOf({ inbound: '<set-backend-service backend-id="nobody" />' })).toBe(
      'api.xml:2: backend "nobody" does not exist; expected one of things',
    );
    expect(await refusalOf({ inbound: '<set-backend-service base-url="file:///etc" />' })).toContain(
      "is no address of a backend",
    );
    expect(await refusalOf({ inbound: "<set-backend-service />" })).toContain(
      "takes either base-url or backend-id",
    );
    expect(await refusalOf({ inbound: '<set-backend-service sf-listener-name="a" />' })).toContain(
      "has no attribute sf-listener-name",
    );
  });
});
