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

const product = (limit: string) => `<policies><inbound><base />${limit}</inbound></policies>`;
const limit =
  '<rate-limit calls="2" renewal-period="60" remaining-calls-header-name="x-left" total-calls-header-name="x-total" />';

describe("rate-limit", () => {
  it("refuses the call too many with 429, and admits again when the window has moved on", async () => {
    const clock = { time: 0 };
    const { call, seen } = await start({ documents: { product: product(limit) }, clock });
    expect((await call("/things/1")).headers).toMatchObject({ "x-left": "1", "x-total": "2" });
    clock.time = 30_500;
    expect((await call("/things/2")).headers).toMatchObject({ "x-left": "0" });
    const refused = await call("/things/3");
    expect(refused).toMatchObject({
      status: 429,
      body: '{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 30 seconds." }',
    });
    expect(refused.headers).toMatchObject({ "retry-after": "30", "content-type": "application/json" });
    clock.time = 60_000;
    expect((await call("/things/4")).status).toBe(200);
    expect((await call("/things/5")).status).toBe(429);
    expect(seen).toHaveLength(3);
  });

  it("counts each subscription for itself", async () => {
    const subscriptions = ["one", "two"].map((key) => ({
      id: key,
      name: key,
      key,
      scope: { product: "partner" },
    }));
    const { call } = await start({ documents: { product: product(limit) }, subscriptions });
    for (const key of ["one", "two", "one", "two"])
      expect((await call("/things/1", { key })).status).toBe(200);
    for (const key of ["one", "two"]) expect((await call("/things/1", { key })).status).toBe(429);
  });

  it("does nothing without a subscription", async () => {
    const { call } = await start({
      inbound: '<rate-limit calls="0" renewal-period="60" />',
      subscriptionRequired: false,
    });
    expect((await call("/things/1", { key: null })).status).toBe(200);
  });

  it("tells on-error why", async () => {
    const { call } = await start({
      inbound: '<rate-limit calls="0" renewal-period="60" />',
      onError:
        '<set-header name="x-error"><value>@(context.LastError.Source + "/" + context.LastError.Reason + "/" + context.LastError.Message)</value></set-header>',
    });
    expect((await call("/things/1")).headers["x-error"]).toBe(
      "rate-limit/RateLimitExceeded/Rate limit is exceeded",
    );
  });

  it("refuses what it does not execute", async () => {
    expect(await refusalOf({ inbound: '<rate-limit calls="1" renewal-period="301" />' })).toContain(
      "expected 1 to 300 seconds",
    );
    expect(
      await refusalOf({
        inbound:
          '<rate-limit calls="1" renewal-period="60"><api name="a" calls="1" renewal-period="1" /></rate-limit>',
      }),
    ).toContain("<api> is unknown in <rate-limit>");
    expect(await refusalOf({ inbound: limit + limit })).toContain("stands in its section more than once");
    const global = `<policies><inbound>${limit}</inbound></policies>`;
    expect(await refusalOf({ documents: { global } })).toContain(
      "may not stand in a document of scope global",
    );
  });
});
