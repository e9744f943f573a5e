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

const step = (name: string) =>
  `<set-header name="x-steps" exists-action="append"><value>${name}</value></set-header>`;
const lastError = `<set-header name="x-last-error"><value>@(context.LastError.Source + "|" + context.LastError.Reason + "|" +
  context.LastError.Message + "|" + context.LastError.Scope + "|" + context.LastError.Section)</value></set-header>`;

describe("the pipeline", () => {
  it("runs the documents of all scopes around each other", async () => {
    const document = (name: string, extra = "") =>
      `<policies><inbound>${step(`${name}-before`)}<base />${step(`${name}-after`)}</inbound>
       ${extra}<outbound><base />${step(name)}</outbound></policies>`;
    const { call, seen } = await start({
      documents: {
        global: document("global", "<backend><forward-request /></backend>"),
        product: document("product"),
        api: document("api"),
        operation: document("operation"),
      },
    });
    const answer = await call("/things/1");
    expect(seen[0]?.headers["x-steps"]).toBe(
      "operation-before,api-before,product-before,global-before,global-after,product-after,api-after,operation-after",
    );
    expect(answer.headers["x-steps"]).toBe("global,product,api,operation");
  });

  it("answers 200 without a backend when a section without <base/> cuts off the global forward-request", async () => {
    const { call, seen } = await start({
      documents: { operation: "<policies><backend></backend></policies>" },
    });
    expect(await call("/things/1")).toMatchObject({ status: 200, body: "" });
    expect(seen).toEqual([]);
  });

  it("tells on-error of a missing key in the words of the documentation", async () => {
    const { call } = await start({ onError: lastError });
    expect((await call("/things/1", { key: null })).headers["x-last-error"]).toBe(
      "authorization|SubscriptionKeyNotFound|Access denied due to missing subscription key. Make sure to include subscription key " +
        "when making requests to this API.|global|inbound",
    );
  });

  it("runs the global on-error alone for a request that matches nothing", async () => {
    const global = `<policies><inbound>${step("never")}</inbound><backend><forward-request /></backend>
      <on-error><choose><when condition="@(context.LastError.Source == "configuration" && context.Response.StatusCode == 404)">
        <return-response><set-status code="405" reason="Method Not Allowed" />${lastError}</return-response>
      </when></choose></on-error></policies>`;
    const { call } = await start({ documents: { global }, onError: step("never") });
    const answer = await call("/things/1", { method: "DELETE" });
    expect(answer).toMatchObject({ status: 405, body: "" });
    expect(answer.headers["x-last-error"]).toBe(
      "configuration|OperationNotFound|Unable to match incoming request to an operation.|global|backend",
    );
    expect(answer.headers).not.toHaveProperty("x-steps");
  });

  it("gives the default answer when on-error fails itself", async () => {
    const { call } = await start({
      onError: '<set-variable name="a" value="@(int.Parse("x").ToString())" />',
    });
    const answer = await call("/things/1", { key: null });
    expect(answer.status).toBe(500);
    expect(answer.body).toContain('"message": "Internal server error", "activityId": ');
    expect(answer.headers).not.toHaveProperty("www-authenticate");
  });

  it("says nothing of an expression's failure to the client", async () => {
    const { call } = await start({
      outbound: '<set-header name="a"><value>@(int.Parse("my-secret").ToString())</value></set-header>',
    });
    const answer = await call("/things/1");
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("secret");
  });
});
