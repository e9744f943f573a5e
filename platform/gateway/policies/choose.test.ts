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

const mark = (name: string) =>
  `<set-header name="x-branch" exists-action="append"><value>${name}</value></set-header>`;

describe("choose", () => {
  it("runs the first branch whose condition is true, or otherwise, in raw and escaped form", async () => {
    const { call, seen } = await start({
      inbound: `
        <choose>
          <when condition="@(context.Request.Method == "POST")">${mark("post")}</when>
          <when condition="@(context.Request.Url.Query.ContainsKey("deep"))">
            <choose><when condition="true">${mark("nested")}</when></choose>${mark("after")}
          </when>
          <when condition="@(context.Request.Url.Query.ContainsKey("deep"))">${mark("never")}</when>
          <otherwise>${mark("otherwise")}</otherwise>
        </choose>`,
    });
    await call("/things", { method: "POST" });
    await call("/things/1?deep");
    await call("/things/1");
    expect(seen.map(({ headers }) => headers["x-branch"])).toEqual(["post", "nested,after", "otherwise"]);
  });

  it("names the nested place of an error", async () => {
    const { call } = await start({
      inbound: `
        <choose><when condition="false" /></choose>
        <choose><when condition="false" /><when condition="true"><set-status code="@(int.Parse("x"))" reason="" /></when></choose>`,
      onError: '<set-header name="x-path"><value>@(context.LastError.Path)</value></set-header>',
    });
    const answer = await call("/things/1");
    expect(answer.status).toBe(500);
    expect(answer.headers["x-path"]).toBe("choose[2]/when[2]/set-status");
  });

  it("goes on behind a branch that waits", async () => {
    const { call, seen } = await start({
      inbound: `
        <choose><when condition="true">
          <send-request mode="new" response-variable-name="r"><set-url>@("http://127.0.0.1:" + context.Api.ServiceUrl.Port + "/side")</set-url><set-method>GET</set-method></send-request>
          ${mark("waited")}
        </when></choose>
        ${mark("behind")}`,
    });
    await call("/things/1");
    expect(seen.map(({ url }) => url)).toEqual(["/side", "/base/1"]);
    expect(seen[1]?.headers["x-branch"]).toBe("waited,behind");
  });

  it("refuses what is no choice", async () => {
    expect(await refusalOf({ inbound: "<choose></choose>" })).toBe("api.xml:2: <choose> lacks its <when>");
    expect(await refusalOf({ inbound: "<choose><when /></choose>" })).toBe(
      "api.xml:2: <when> lacks its attribute condition",
    );
    expect(await refusalOf({ inbound: '<choose><when condition="perhaps" /></choose>' })).toBe(
      'api.xml:2: "perhaps" is neither true nor false',
    );
    expect(await refusalOf({ inbound: '<choose><otherwise /><when condition="true" /></choose>' })).toContain(
      "expected it last",
    );
    expect(
      await refusalOf({ inbound: '<choose>\n<when condition="true">\n<what /></when></choose>' }),
    ).toContain("api.xml:4: <what> is no policy");
    expect(await refusalOf({ inbound: '<choose><if condition="true" /></choose>' })).toBe(
      "api.xml:2: <if> is unknown in <choose>; expected when, otherwise",
    );
  });
});
