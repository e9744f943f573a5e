import { describe, expect, it } from "@jest/globals";
import { BufferedBody } from "../buffered-body.ts";
import type { ExpressionContext } from "../context.ts";
import { outcome } from "../test-support/evaluate.ts";
import { testContext, testResponse } from "../test-support/test-context.ts";

describe("context", () => {
  it.each<[string, string]>([
    ["@(context.RequestId)", "0f8fad5b-d9cb-469f-a165-70867728950e"],
    ["@(context.Operation.Id + context.Api.Name + context.Deployment.Region)", "getPatientPatientLocal"],
    ["@(context.Subscription.Id + context.Subscription.Name)", "s-1Partner one"],
    ["@(context.Product == null && context.User == null && context.LastError == null)", "True"],
    ['@(context.Request.MatchedParameters["patientId"])', "p-7"],
    ['@(context.Request.MatchedParameters.GetValueOrDefault("other", "none"))', "none"],
    [
      '@(context.Request.MatchedParameters["other"])',
      "KeyNotFoundException: The given key was not present in the dictionary.",
    ],
    ['@(context.Request.Headers.GetValueOrDefault("ACCEPT"))', "application/json,text/plain"],
    [
      '@(context.Request.Headers.GetValueOrDefault("none", "d") + context.Request.Headers.GetValueOrDefault("none"))',
      "d",
    ],
    ['@(context.Request.Headers["X-Trace"][0])', "abc"],
    [
      '@(context.Request.Headers["none"])',
      "KeyNotFoundException: The given key was not present in the dictionary.",
    ],
    [
      '@(string.Join(";", context.Request.Headers.OrderBy(h => h.Key).Select(h => h.Key + "=" + h.Value.Length)))',
      "accept=2;x-trace=1",
    ],
    ['@(context.Request.Headers.TryGetValue("accept", out var values) ? values.Last() : "")', "text/plain"],
    [
      '@(context.Request.Url.Query.GetValueOrDefault("q") + context.Request.Url.Query.ContainsKey("Q"))',
      "a b,cFalse",
    ],
    ["@(context.Request.Url)", "https://api.example.test/p-7?q=a%20b&q=c"],
    [
      "@(context.Request.OriginalUrl.ToUri().AbsolutePath + context.Request.OriginalUrl.Port)",
      "/patient/p-7443",
    ],
    ["@(context.Request.IpAddress + context.Request.Method)", "127.0.0.1GET"],
    ["@(context.Request.Body == null)", "True"],
    [
      "@(context.Response.StatusCode)",
      "NullReferenceException: Object reference not set to an instance of an object.",
    ],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source)).toBe(expected);
  });

  it("hands traces over", () => {
    const traces: string[] = [];
    const context = testContext({ trace: (message) => traces.push(message) });
    expect(outcome('@{ context.Trace("a"); return 1; }', context)).toBe("1");
    expect(traces).toEqual(["a"]);
  });
});

describe("variables", () => {
  const context = testContext({
    variables: new Map<string, unknown>([
      ["text", "5"],
      ["number", 5],
      ["nothing", null],
    ]),
  });

  it.each<[string, string]>([
    ['@(context.Variables.GetValueOrDefault<string>("text"))', "5"],
    ['@(context.Variables.GetValueOrDefault<int>("number") + 1)', "6"],
    [
      '@(context.Variables.GetValueOrDefault<int>("text"))',
      "InvalidCastException: Unable to cast object of type 'System.String' to type 'int'.",
    ],
    [
      '@(context.Variables.GetValueOrDefault("number", "d"))',
      "InvalidCastException: Unable to cast object of type 'System.Int32' to type 'string'.",
    ],
    [
      '@(context.Variables.GetValueOrDefault<int>("none") + context.Variables.GetValueOrDefault<int>("none", 7))',
      "7",
    ],
    ['@(context.Variables.GetValueOrDefault<string>("none") ?? "null")', "null"],
    ['@(context.Variables.GetValueOrDefault<bool>("nothing"))', "False"],
    [
      '@(context.Variables["Text"])',
      "KeyNotFoundException: The given key was not present in the dictionary.",
    ],
    ['@(context.Variables.ContainsKey("text") && context.Variables["nothing"] == null)', "True"],
    [
      '@{ context.Variables["text"] = 1; return 1; }',
      "refused: test.xml:1: policy expression: this cannot be assigned",
    ],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source, context)).toBe(expected);
  });
});

describe("message bodies", () => {
  it("are consumed by a read that does not preserve them", () => {
    const context = withBody('{"a": 1}');
    expect(outcome('@((int)context.Request.Body.As<JObject>(true)["a"])', context)).toBe("1");
    expect(outcome("@(context.Request.Body.As<string>(preserveContent: true))", context)).toBe('{"a": 1}');
    expect(outcome("@(context.Request.Body.As<byte[]>().Length)", context)).toBe("8");
    expect(outcome("@(context.Request.Body.As<string>())", context)).toMatch(
      /^InvalidOperationException: The message body was read before/,
    );
    expect(
      outcome(
        '@{ try { return context.Request.Body.As<string>(); } catch (Exception) { return "gone"; } }',
        context,
      ),
    ).toBe("gone");
  });

  it("fail on what is no JSON", () => {
    expect(outcome("@(context.Request.Body.As<JObject>())", withBody("<a/>"))).toMatch(
      /^JsonReaderException: Unexpected character/,
    );
    expect(outcome("@(context.Request.Body.As<JArray>())", withBody("{}"))).toMatch(
      /^JsonReaderException: Error reading JArray/,
    );
    expect(outcome("@(context.Request.Body.As<int>())", withBody("1"))).toMatch(/^NotSupportedException/);
  });

  it("are read as forms", () => {
    const source = '@(context.Request.Body.AsFormUrlEncodedContent(preserveContent: true)["a"][1])';
    expect(outcome(source, withBody("a=1&a=x+y%21&b="))).toBe("x y!");
  });

  it("come with the response and with response variables", () => {
    const response = testResponse(404, '{"error": "none"}');
    const context = testContext({ response, variables: new Map([["r", testResponse(201, null)]]) });
    expect(
      outcome(
        '@(context.Response.StatusCode + (string)context.Response.Body.As<JObject>()["error"])',
        context,
      ),
    ).toBe("404none");
    expect(outcome('@(((IResponse)context.Variables["r"]).StatusCode)', context)).toBe("201");
    expect(outcome('@(context.Variables.GetValueOrDefault<IResponse>("r").Body == null)', context)).toBe(
      "True",
    );
    expect(
      outcome('@(((IResponse)context.Variables["r"]).Headers.GetValueOrDefault("Content-Type"))', context),
    ).toBe("application/json");
    expect(outcome('@(((IResponse)(object)"x").StatusCode)', context)).toMatch(/^InvalidCastException/);
  });
});

describe("credentials", () => {
  const token = [
    { alg: "RS256", typ: "JWT" },
    { sub: "x", aud: ["a", "b"], exp: 1_700_000_000, o: { p: 1 } },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .concat("c2ln")
    .join(".");

  it.each<[string, string]>([
    ['@(T.AsJwt().Subject + T.AsJwt().Algorithm + string.Join("|", T.AsJwt().Audiences))', "xRS256a|b"],
    [
      '@(T.AsJwt().Claims.GetValueOrDefault("aud", "-") + T.AsJwt().Claims.GetValueOrDefault("none", "-"))',
      "a,b-",
    ],
    [
      '@(T.AsJwt().ExpirationTime.Value.ToString("o") + (T.AsJwt().NotBefore == null))',
      "2023-11-14T22:13:20.0000000ZTrue",
    ],
    ['@(T.TryParseJwt(out Jwt jwt) ? jwt.Claims["aud"][1] : "")', "b"],
    ['@("a.b.c".AsJwt() == null && "".AsJwt() == null && ((string)null).AsJwt() == null)', "True"],
    [
      '@("Basic dXNlcjpwYTpzcw==".AsBasic().UserId + "Basic dXNlcjpwYTpzcw==".AsBasic().Password)',
      "userpa:ss",
    ],
    ['@("Bearer x".AsBasic() == null)', "True"],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source.replaceAll("T.", `"Bearer ${token}".`))).toBe(expected);
  });
});

function withBody(text: string): ExpressionContext {
  const context = testContext();
  return { ...context, request: { ...context.request, body: new BufferedBody(Buffer.from(text)) } };
}
