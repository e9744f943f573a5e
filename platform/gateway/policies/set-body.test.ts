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

describe("set-body", () => {
  it("replaces the request's body and its length", async () => {
    const { call, seen } = await start({
      inbound: '<set-body>@(context.Request.Body.As<string>(true).ToUpper() + "é")</set-body>',
    });
    await call("/things", { method: "POST", body: "abc" });
    expect(seen[0]).toMatchObject({ body: "ABCé", headers: { "content-length": "5" } });
  });

  it("replaces the response's body, with markup kept as it is", async () => {
    const { call } = await start({ outbound: '<set-body><a href="b">c</a></set-body>' });
    expect((await call("/things/1")).body).toBe('<a href="b">c</a>');
  });

  it("reads the backend's answer", async () => {
    const { call } = await start({
      outbound: '<set-body>@((string)context.Response.Body.As<JObject>()["ok"].ToString())</set-body>',
    });
    expect((await call("/things/1")).body).toBe("True");
  });

  it("lets go of a long answer that it replaces unread", async () => {
    const gone = Promise.withResolvers<true>();
    const { call } = await start({
      handler: (_request, response) => {
        response.on("close", () => gone.resolve(true)).write(Buffer.alloc(3_000_000));
      },
      outbound: "<set-body>short</set-body>",
    });
    expect((await call("/things/1")).body).toBe("short");
    expect(await gone.promise).toBe(true);
  });

  it("refuses liquid", async () => {
    expect(await refusalOf({ inbound: '<set-body template="liquid">{{body.a}}</set-body>' })).toContain(
      "api.xml:2: ",
    );
    expect(await refusalOf({ inbound: '<set-body template="liquid">a</set-body>' })).toBe(
      'api.xml:2: template of <set-body> is "liquid"; the local gateway executes none',
    );
  });
});
