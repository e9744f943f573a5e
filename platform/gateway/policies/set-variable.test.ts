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

describe("set-variable", () => {
  it("keeps the type of an expression, and text for a literal", async () => {
    const { call, seen } = await start({
      inbound: `
        <set-variable name="number" value="@(20 + 1)" />
        <set-variable name="text" value="20" />
        <set-header name="x-sum"><value>@(((int)context.Variables["number"] * 2) + (string)context.Variables["text"])</value></set-header>`,
    });
    await call("/things/1");
    expect(seen[0]?.headers["x-sum"]).toBe("4220");
  });

  it("fails as an expression that throws: 500 with an activity id, LastError for on-error", async () => {
    const { call, seen } = await start({
      inbound: '<set-variable id="mine" name="a" value="@((string)context.Variables["nobody"])" />',
      onError: `
        <set-header name="x-at"><value>@(string.Join("|", new [] { context.LastError.Source, context.LastError.Reason, context.LastError.Scope,
          context.LastError.Section, context.LastError.Path, context.LastError.PolicyId, context.Response.StatusCode.ToString() }))</value></set-header>`,
    });
    const answer = await call("/things/1");
    expect(answer.body).toBe(
      '{ "statusCode": 500, "message": "Internal server error", "activityId": "11111111-2222-4333-8444-555555555555" }',
    );
    expect(answer.headers["x-at"]).toBe(
      "set-variable|ExpressionValueEvaluationFailure|api|inbound|set-variable|mine|500",
    );
    expect(seen).toEqual([]);
  });

  it("takes no expression for its name", async () => {
    expect(await refusalOf({ inbound: '<set-variable name="@("a")" value="" />' })).toContain(
      "attribute name of <set-variable> takes no expression",
    );
  });
});
