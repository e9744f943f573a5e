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

const onUnauthorized =
  'condition="@(context.Response.StatusCode == 401)" interval="1" first-fast-retry="true"';
const forward = '<forward-request buffer-request-body="true" />';

/** Answers with these statuses, one after the other, the last one for ever. */
function answering(...statuses: number[]): NonNullable<TestGatewayOptions["handler"]> {
  return (_request, response) => {
    response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 0) : (statuses[0] ?? 0)).end("body");
  };
}

describe("retry", () => {
  it("runs what is inside once when the condition does not hold", async () => {
    const { call, seen } = await start({
      handler: answering(200),
      backend: `<retry count="3" ${onUnauthorized}>${forward}</retry>`,
    });
    expect(await call("/things/1")).toMatchObject({ status: 200, body: "body" });
    expect(seen).toHaveLength(1);
  });

  it("runs it again with the same body while the condition holds, and keeps the last answer", async () => {
    const { call, seen } = await start({
      handler: answering(401, 201),
      backend: `<retry count="3" ${onUnauthorized}>${forward}</retry>`,
    });
    const body = "x".repeat(200_000);
    expect(await call("/things", { method: "POST", body })).toMatchObject({ status: 201 });
    expect(seen.map((request) => request.body)).toEqual([body, body]);
  });

  it("ends after `count` turns more", async () => {
    const { call, seen } = await start({
      handler: answering(401),
      backend: `<retry count="1" ${onUnauthorized}>${forward}</retry>`,
    });
    expect(await call("/things/1")).toMatchObject({ status: 401, body: "body" });
    expect(seen).toHaveLength(2);
  });

  it("ends when a policy inside ends the exchange", async () => {
    const stop = '<return-response><set-status code="503" reason="Away" /></return-response>';
    const refused = '<when condition="@(context.Response.StatusCode == 401)">';
    const { call, seen } = await start({
      handler: answering(401),
      backend: `<retry count="3" ${onUnauthorized}>${forward}<choose>${refused}${stop}</when></choose></retry>`,
    });
    expect(await call("/things/1")).toMatchObject({ status: 503 });
    expect(seen).toHaveLength(1);
  });

  it("goes on behind itself, with policies that wait for nothing inside", async () => {
    const mark = '<set-header name="x-turn" exists-action="append"><value>t</value></set-header>';
    const twice = '@(context.Request.Headers.GetValueOrDefault("x-turn", "") != "t,t,t")';
    const { call, seen } = await start({
      inbound: `<retry count="9" interval="1" first-fast-retry="true" condition='${twice.replace("t,t,t", "t,t")}'>${mark}</retry>`,
    });
    await call("/things/1");
    expect(seen[0]?.headers["x-turn"]).toBe("t,t");
  });

  it("sends an error inside to on-error, with its place", async () => {
    const { call } = await start({
      inbound:
        '<retry count="2" interval="1" condition="true"><set-status code="@(int.Parse("x"))" reason="" /></retry>',
      onError: '<set-header name="x-path"><value>@(context.LastError.Path)</value></set-header>',
    });
    expect((await call("/things/1")).headers["x-path"]).toBe("retry/set-status");
  });

  it.each([
    ["no condition", '<retry count="1" interval="1" />', "lacks its attribute condition"],
    [
      "no turn",
      '<retry condition="true" count="0" interval="1" />',
      "count of <retry> is 0; expected 1 to 50",
    ],
    ["too many", '<retry condition="true" count="51" interval="1" />', "count of <retry> is 51"],
    [
      "no pause",
      '<retry condition="true" count="1" interval="0" />',
      "interval of <retry> is 0; expected 1 or more",
    ],
    [
      "what is no policy",
      '<retry condition="true" count="1" interval="1"><evil /></retry>',
      "<evil> is no policy",
    ],
  ])("refuses %s", async (_what, inbound, problem) => {
    expect(await refusalOf({ inbound })).toContain(problem);
  });
});
