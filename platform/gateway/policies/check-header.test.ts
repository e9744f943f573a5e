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

describe("check-header", () => {
  const check = (values: string) =>
    `<check-header name="X-Who" failed-check-httpcode="403" failed-check-error-message="Not &quot;you&quot;" ignore-case="true">${values}</check-header>`;

  it("wants the header, and one of its values", async () => {
    const { call } = await start({
      inbound: check('<value>me</value><value>@("US")</value>'),
      onError: '<set-header name="x-reason"><value>@(context.LastError.Reason)</value></set-header>',
    });
    expect((await call("/things/1", { headers: { "x-who": "us" } })).status).toBe(200);
    expect(await call("/things/1")).toMatchObject({
      status: 403,
      body: '{ "statusCode": 403, "message": "Not \\"you\\"" }',
      headers: { "x-reason": "HeaderNotFound" },
    });
    expect((await call("/things/1", { headers: { "x-who": "them" } })).headers["x-reason"]).toBe(
      "HeaderValueNotAllowed",
    );
  });

  it("asks for presence only when it lists no value", async () => {
    const { call } = await start({ inbound: check("") });
    expect((await call("/things/1", { headers: { "x-who": "anybody" } })).status).toBe(200);
  });
});
