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

describe("return-response", () => {
  it("ends the pipeline in inbound: neither backend nor outbound runs", async () => {
    const { call, seen } = await start({
      inbound: `
        <return-response>
          <set-status code="503" reason="Later" />
          <set-header name="Content-Type"><value>application/json</value></set-header>
          <set-body>{ "statusCode": 503, "message": "later" }</set-body>
        </return-response>
        <set-method>@((string)context.Variables["never"])</set-method>`,
      outbound: '<set-header name="x-out"><value>1</value></set-header>',
    });
    const answer = await call("/things/1");
    expect(answer).toMatchObject({ status: 503, body: '{ "statusCode": 503, "message": "later" }' });
    expect(answer.headers).not.toHaveProperty("x-out");
    expect(seen).toEqual([]);
  });

  it("is an empty 200 without children, and replaces the backend's answer in outbound", async () => {
    const { call, seen } = await start({ outbound: "<return-response />" });
    expect(await call("/things/1")).toMatchObject({ status: 200, body: "" });
    expect(seen).toHaveLength(1);
  });

  it("replaces the default answer in on-error", async () => {
    const { call } = await start({
      onError: '<return-response><set-status code="418" reason="" /></return-response>',
    });
    expect(await call("/things/1", { key: null })).toMatchObject({ status: 418, body: "" });
  });

  it("starts from the response in a variable", async () => {
    const side =
      '<send-request mode="new" response-variable-name="side"><set-url>@("http://127.0.0.1:" + context.Api.ServiceUrl.Port)</set-url><set-method>GET</set-method></send-request>';
    const { call } = await start({
      inbound: `${side}<return-response response-variable-name="side"><set-header name="x-more"><value>1</value></set-header></return-response>`,
      handler: (_request, response) => response.writeHead(201, { "x-side": "1" }).end("side"),
    });
    expect(await call("/things/1")).toMatchObject({
      status: 201,
      body: "side",
      headers: { "x-side": "1", "x-more": "1" },
    });
  });

  it("refuses other policies inside", async () => {
    expect(
      await refusalOf({ inbound: "<return-response><set-method>GET</set-method></return-response>" }),
    ).toContain("<set-method> is unknown in <return-response>; expected set-status, set-header, set-body");
  });
});
