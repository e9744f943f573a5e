import { afterEach, describe, expect, it } from "@jest/globals";
import { rawRequest } from "../fixtures/raw-request.ts";
import { partnerKey, refusalOf, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway(options));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

describe("set-header", () => {
  it("overrides, skips, appends and deletes on the request, whatever the case of the name", async () => {
    const { call, seen } = await start({
      inbound: `
        <set-header name="X-Over"><value>1</value><value>@("2")</value></set-header>
        <set-header name="x-skip" exists-action="skip"><value>new</value></set-header>
        <set-header name="x-skip-new" exists-action="skip"><value>new</value></set-header>
        <set-header name="x-add" exists-action="append"><value>new</value></set-header>
        <set-header name="X-GONE" exists-action="delete" />
        <set-header name="@("x-" + "made")" exists-action="@("override")"><value> trimmed </value></set-header>`,
    });
    await call("/things/1", {
      headers: { "x-over": "old", "x-skip": "old", "x-add": "old", "x-gone": "old" },
    });
    expect(seen[0]?.headers).toMatchObject({
      "x-over": "1,2",
      "x-skip": "old",
      "x-skip-new": "new",
      "x-add": "old,new",
      "x-made": "trimmed",
    });
    expect(seen[0]?.headers).not.toHaveProperty("x-gone");
  });

  it("edits the response in outbound and on-error", async () => {
    const { call } = await start({
      outbound:
        '<set-header name="X-Out"><value>out</value></set-header><set-header name="Set-Cookie"><value>a=1</value><value>b=2</value></set-header>',
      onError: '<set-header name="X-Error"><value>@(context.LastError.Reason)</value></set-header>',
    });
    expect((await call("/things/1")).headers).toMatchObject({ "x-out": "out", "set-cookie": ["a=1", "b=2"] });
    expect((await call("/things/1", { key: null })).headers).toMatchObject({
      "x-error": "SubscriptionKeyNotFound",
    });
  });

  it("lets no value end its line", async () => {
    const { call, seen } = await start({
      inbound:
        '<set-header name="x-made"><value>@(context.Request.Url.Query.GetValueOrDefault("v", ""))</value></set-header>',
    });
    expect((await call("/things/1?v=a%0d%0ax-forged:%201")).status).toBe(200);
    expect(seen[0]?.headers["x-made"]).toBe("ax-forged: 1");
    expect(seen[0]?.headers).not.toHaveProperty("x-forged");
  });

  it("removes what a client sends under a name, repeated in whatever case", async () => {
    const { url, seen } = await start({
      inbound: '<set-header name="x-specimen-client" exists-action="delete" />',
    });
    await rawRequest(url, rawGet("X-SPECIMEN-CLIENT: me", "x-specimen-client: me too"));
    expect(seen[0]?.headers).not.toHaveProperty("x-specimen-client");
  });

  it("sets what a client's Connection lists: only what the client sent under those names goes", async () => {
    const { url, seen } = await start({
      inbound: `
        <set-header name="x-functions-key"><value>the-key</value></set-header>
        <set-header name="X-Specimen-Subscription"><value>@(context.Subscription.Id)</value></set-header>`,
    });
    const trace = `traceparent: 00-${"1".repeat(32)}-${"2".repeat(16)}-00`;
    await rawRequest(
      url,
      rawGet(
        "Connection: x-specimen-subscription, X-Functions-Key",
        "Connection: traceparent,x-forwarded-for, host",
        "x-specimen-subscription: forged",
        "x-functions-key: forged",
        trace,
      ),
    );
    expect(seen[0]?.headers).toMatchObject({
      "x-functions-key": "the-key",
      "x-specimen-subscription": "local-partner",
      "x-forwarded-for": "127.0.0.1",
      traceparent: `00-${"ab".repeat(16)}-${"ab".repeat(8)}-01`,
      host: expect.stringMatching(/^127\.0\.0\.1:/),
    });
  });

  it("refuses what it cannot set", async () => {
    expect(
      await refusalOf({ inbound: '<set-header name="Content-Length"><value>1</value></set-header>' }),
    ).toContain("cannot be changed");
    expect(await refusalOf({ inbound: '<set-header name="a b"><value>1</value></set-header>' })).toContain(
      "is no header name",
    );
    expect(await refusalOf({ inbound: '<set-header name="a" exists-action="maybe" />' })).toBe(
      'api.xml:2: "maybe" is unknown; expected override, skip, append, delete',
    );
    expect(await refusalOf({ inbound: '<set-header name="a">text</set-header>' })).toBe(
      "api.xml:2: text in <set-header>, which holds none",
    );
  });
});

function rawGet(...headers: string[]): string {
  const lines = ["GET /things/1 HTTP/1.1", "Host: a", `Ocp-Apim-Subscription-Key: ${partnerKey}`, ...headers];
  return `${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n`;
}
