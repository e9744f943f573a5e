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

const side = (path: string) => `@("http://127.0.0.1:" + context.Api.ServiceUrl.Port + "${path}")`;
const status =
  '<set-header name="x-side"><value>@(context.Variables["side"] == null ? "null" : ((IResponse)context.Variables["side"]).StatusCode.ToString())</value></set-header>';

describe("send-request", () => {
  it("sends what its children describe and keeps the answer", async () => {
    const { call, seen } = await start({
      inbound: `
        <send-request mode="new" response-variable-name="side" timeout="5">
          <set-url>${side("/side?a=1")}</set-url>
          <set-method>POST</set-method>
          <set-header name="x-a"><value>1</value></set-header>
          <set-body>@("{}")</set-body>
        </send-request>
        <set-header name="x-body"><value>@(((IResponse)context.Variables["side"]).Body.As<JObject>()["from"].ToString())</value></set-header>`,
      handler: ({ url }, response) => response.end(JSON.stringify({ from: url })),
    });
    await call("/things/1", { headers: { "x-client": "1" } });
    expect(seen[0]).toMatchObject({ method: "POST", url: "/side?a=1", body: "{}", headers: { "x-a": "1" } });
    expect(seen[0]?.headers).not.toHaveProperty("x-client");
    expect(seen[1]?.headers["x-body"]).toBe("/side?a=1");
  });

  it("takes a status of 4xx or 5xx for an answer", async () => {
    const request = `<send-request mode="new" response-variable-name="side"><set-url>${side("/side")}</set-url><set-method>GET</set-method></send-request>`;
    const { call, seen } = await start({
      inbound: request + status,
      handler: ({ url }, response) => response.writeHead(url === "/side" ? 500 : 200).end(),
    });
    expect((await call("/things/1")).status).toBe(200);
    expect(seen[1]?.headers["x-side"]).toBe("500");
  });

  it.each([
    ["nobody there", "http://127.0.0.1:9/", "60"],
    ["a nonsense address", "nonsense", "60"],
  ])("fails with %s: 500", async (_what, url, timeout) => {
    const { call } = await start({
      inbound: `<send-request response-variable-name="side" timeout="${timeout}"><set-url>${url}</set-url><set-method>GET</set-method></send-request>`,
    });
    expect((await call("/things/1")).status).toBe(500);
  });

  it("makes the variable null when errors are ignored", async () => {
    const { call, seen } = await start({
      inbound: `<send-request response-variable-name="side" ignore-error="true"><set-url>http://127.0.0.1:9/</set-url><set-method>GET</set-method></send-request>${status}`,
    });
    expect((await call("/things/1")).status).toBe(200);
    expect(seen[0]?.headers["x-side"]).toBe("null");
  });

  it("refuses what it does not execute", async () => {
    const parts = "<set-url>http://a/</set-url><set-method>GET</set-method>";
    expect(
      await refusalOf({
        inbound: `<send-request mode="copy" response-variable-name="a">${parts}</send-request>`,
      }),
    ).toBe('api.xml:2: mode of <send-request> is "copy"; the local gateway executes new');
    expect(
      await refusalOf({
        inbound: '<send-request response-variable-name="a"><set-method>GET</set-method></send-request>',
      }),
    ).toBe("api.xml:2: <send-request> lacks its <set-url>");
    expect(
      await refusalOf({
        inbound: `<send-request response-variable-name="a">${parts}<proxy url="x" /></send-request>`,
      }),
    ).toContain("<proxy> is unknown in <send-request>");
  });
});
