import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { evaluate, outcome } from "../test-support/evaluate.ts";
import { testContext } from "../test-support/test-context.ts";

const context = testContext({
  variables: new Map<string, unknown>([
    ["text", "y"],
    ["number", 5],
    ["flag", true],
    ["nothing", null],
  ]),
});

describe("operators", () => {
  it.each([
    ["@(7 / 2)", "3"],
    ["@(-7 / 2)", "-3"],
    ["@(-7 % 3)", "-1"],
    ["@(7 / 2.0)", "3.5"],
    ["@(7 / 2m)", "3.5"],
    ["@(1 / 0.0)", "Infinity"],
    ["@(1 / (1 - 1))", "DivideByZeroException: Attempted to divide by zero."],
    ["@(2147483647 + 1)", "-2147483648"],
    ["@(-2147483648 - 1)", "2147483647"],
    ["@(65536 * 65536)", "0"],
    ["@(2147483647L + 1)", "2147483648"],
    ["@(9223372036854775807 + 1)", "-9223372036854775808"],
    ["@(0.1 + 0.2)", "0.30000000000000004"],
    ["@(0.1m + 0.20m)", "0.30"],
    ["@(10m / 3)", "3.3333333333333333333333333333"],
    ["@('a' + 1)", "98"],
    ["@('a' + \"b\")", "ab"],
    ["@(\"a\" + 1 + null + true + 'c' + 1.5)", "a1Truec1.5"],
    ['@(1 + 2 + "a" + 1 + 2)', "3a12"],
    ["@(1 == 1.0 && 'a' == 97 && 2 > 1L)", "True"],
    ["@(1 << 33)", "2"],
    ["@(-16 >> 2)", "-4"],
    ["@(6 & 3 | 8 ^ 1)", "11"],
    ["@(~5)", "-6"],
    ["@(true | false && !true)", "False"],
    ["@(0xFF + 1_000)", "1255"],
    ["@((byte)300)", "44"],
    ["@((int)3.99 + (int)-3.99)", "0"],
    ["@((char)66)", "B"],
    ["@((uint)1 - 2)", "-1"],
    ['@(5 > 3 ? "more" : "less")', "more"],
    ['@((string)null ?? "d")', "d"],
    ["@((int?)null + 1)", ""],
    ["@((int?)null > 1)", "False"],
    ["@(RegexOptions.IgnoreCase | RegexOptions.Multiline)", "IgnoreCase, Multiline"],
    ["@(DateTime.UtcNow - context.Timestamp > TimeSpan.FromSeconds(1))", "True"],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source)).toBe(expected);
  });

  it("wraps int arithmetic at 32 bits", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (left, right) => {
        const variables = new Map([
          ["a", left],
          ["b", right],
        ]);
        const run = (operator: string) =>
          evaluate(
            `@((int)context.Variables["a"] ${operator} (int)context.Variables["b"])`,
            testContext({ variables }),
          );
        expect(run("+")).toBe(Number(BigInt.asIntN(32, BigInt(left) + BigInt(right))));
        expect(run("-")).toBe(Number(BigInt.asIntN(32, BigInt(left) - BigInt(right))));
        expect(run("*")).toBe(Number(BigInt.asIntN(32, BigInt(left) * BigInt(right))));
      }),
      { numRuns: 50 },
    );
  });
});

describe("equality and static types", () => {
  it.each([
    ['@(context.Variables["text"] == "y")', "False"],
    ['@(context.Variables["text"] != "y")', "True"],
    ['@((string)context.Variables["text"] == "y")', "True"],
    ['@(context.Variables["text"].Equals("y"))', "True"],
    ['@(context.Variables["nothing"] == null)', "True"],
    ['@(context.Variables["text"].ToString() == "y")', "True"],
    ["@(5.Equals(5) && !5.Equals(5L))", "True"],
    ["@(Guid.Empty == new Guid())", "True"],
    ['@(JObject.Parse("{\\"a\\":\\"x\\"}")["a"] == "x")', "False"],
    ['@((string)JObject.Parse("{\\"a\\":\\"x\\"}")["a"] == "x")', "True"],
    ['@(JToken.DeepEquals(JObject.Parse("{\\"a\\":1}"), JObject.Parse("{ \\"a\\": 1 }")))', "True"],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source, context)).toBe(expected);
  });

  it.each([
    ['@(context.Variables["number"] + 1)', '"+" does not take object and int'],
    ['@("5" - 2)', '"-" does not take string and int'],
    ['@(1 == "1")', '"==" does not take int and string'],
    ['@("a" < "b")', '"<" does not take string and string'],
    ['@(true ? 1 : "a")', "no common type: int and string"],
    ["@{ string s = 5; return s; }", "cannot convert int to string"],
    ["@{ int i = 5L; return i; }", "cannot convert long to int"],
    ["@{ int i = null; return i; }", "cannot convert null to int"],
    ["@{ byte b = 256; return b; }", "cannot convert int to byte"],
    ["@(1.5m + 1.5)", '"+" does not take decimal and double'],
    ['@((int)"5")', "cannot convert string to int"],
    ['@(!"a")', "cannot convert string to bool"],
    ["@{ if (1) { return 1; } return 0; }", "cannot convert int to bool"],
    ["@(5 ?? 6)", '"??" takes a value that may be null'],
    ["@(5?.ToString())", '"?." takes a value that may be null'],
    ['@("a".Substring("1"))', '"string.Substring" has no overload that takes (string)'],
    ["@(context.Request.Header)", '"IRequest.Header" does not exist or is not supported'],
    ["@(context.Trace)", '"IProxyRequestContext.Trace" is a method and has to be called'],
    ['@(JObject.Prase("{}"))', '"JObject.Prase" does not exist or is not supported'],
    ['@(XElement.Parse("<a/>"))', 'the name "XElement" does not exist'],
    ["@((XElement)null)", 'the type "XElement" is unknown or not supported'],
    ["@(new List<int, int>())", 'the type "List" takes 1 type arguments, not 2'],
    ["@(string)", '"string" is a type and no value'],
    ["@((x => x)(1))", "a lambda is only supported where a delegate type is expected"],
    ["@('ab')", "C# strings take double quotes"],
  ])("refuses %s", (source, problem) => {
    expect(outcome(source)).toContain(problem);
    expect(outcome(source)).toMatch(/^refused: test\.xml:1: policy expression: /);
  });
});

describe("casts and conversions", () => {
  it.each([
    ['@((int)context.Variables["number"] + 1)', "6"],
    [
      '@((string)context.Variables["number"])',
      "InvalidCastException: Unable to cast object of type 'System.Int32' to type 'string'.",
    ],
    [
      '@((long)context.Variables["number"])',
      "InvalidCastException: Unable to cast object of type 'System.Int32' to type 'long'.",
    ],
    [
      '@((int)context.Variables["nothing"])',
      "NullReferenceException: Object reference not set to an instance of an object.",
    ],
    ['@((string)context.Variables["nothing"] ?? "none")', "none"],
    ['@(context.Variables["text"] as JObject == null)', "True"],
    ['@(context.Variables["number"] is int n && n > 3 ? n : -1)', "5"],
    ['@(context.Variables["text"] is string)', "True"],
    ['@(context.Variables["nothing"] is null)', "True"],
    ["@((x) => 1)", "refused: test.xml:1: policy expression: a lambda is no object"],
    ["@((1) - 1)", "0"],
    ["@((object)1 is long)", "False"],
    ["@(default(int) + default(DateTime).Year)", "1"],
    ["@(nameof(context.Request))", "Request"],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source, context)).toBe(expected);
  });
});

describe("null-conditional access", () => {
  it.each([
    ['@(context.User?.Id ?? "anonymous")', "anonymous"],
    ["@(context.Subscription?.Id?.Length)", "3"],
    ["@(context.Response?.StatusCode == null)", "True"],
    ['@(context.Product?.Name.ToUpper().Substring(99) ?? "none")', "none"],
    [
      "@(context.LastError.Message)",
      "NullReferenceException: Object reference not set to an instance of an object.",
    ],
    ['@(new JObject()["a"]?["b"]?.ToString() ?? "none")', "none"],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source)).toBe(expected);
  });
});

describe("interpolation and formats", () => {
  it.each([
    ['@($"{1 + 1}|{"a",4}|{"b",-3}|{{x}}")', "2|   a|b  |{x}"],
    [
      '@($"{255:X4} {7:D3} {1234.567:N1} {0.256:P1} {12.5:F0} {0.5:0.00}")',
      "00FF 007 1,234.6 25.6 % 13 0.50",
    ],
    ['@($"{(true ? "y" : "n")} {DateTime.UtcNow:yyyy-MM-dd}")', "y 2026-03-04"],
    ['@($@"a\\{1}""q""")', 'a\\1"q"'],
    ['@(string.Format("{0} {1:D2} {0}", "a", 5))', "a 05 a"],
    ['@(string.Format("{1}", "a"))', /^FormatException/],
    ['@("\\u00e4\\x41\\t\\"".Length)', "4"],
    ['@(@"C:\\d ""q""")', 'C:\\d "q"'],
  ])("%s is %s", (source, expected) => {
    if (typeof expected === "string") expect(outcome(source)).toBe(expected);
    else expect(outcome(source)).toMatch(expected);
  });
});

describe("objects, initialisers, lambdas and overloads", () => {
  it.each([
    ['@(new { a = 1, b = "x" })', "{ a = 1, b = x }"],
    ["@(new { context.Request.Method }.Method)", "GET"],
    ['@(new Dictionary<string, int> { { "a", 1 }, { "b", 2 } }["b"])', "2"],
    ['@(new Dictionary<string, int> { ["a"] = 1 }["a"])', "1"],
    [
      '@(new JObject { ["a"] = 1, ["b"] = new JArray { "x", 2 } }.ToString(Formatting.None))',
      '{"a":1,"b":["x",2]}',
    ],
    ["@(new List<int> { 3, 1, 2 }.OrderBy(x => x).First())", "1"],
    ["@(new[] { 1, 2.5 }[0])", "1"],
    ['@(new object[] { 1, "a", null }.Length)', "3"],
    ["@{ Func<int, Func<int, int>> add = a => b => a + b; return add(2)(3); }", "5"],
    ['@{ Func<string, bool> f = delegateless => delegateless == "a"; return f("a"); }', "True"],
    ['@(new[] { "a", "b" }.Select((x, i) => x + i).Last())', "b1"],
    ["@(new[] { 1, 2, 3 }.Select(x => { var y = x * 2; return y + 1; }).Sum())", "15"],
    ["@(\"a,b;c\".Split(',', ';').Length)", "3"],
    ["@(\"a b  c\".Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).Length)", "3"],
    ["@(Math.Max(1, 2.5))", "2.5"],
    ['@(context.Variables.GetValueOrDefault("missing", 7) + 1)', "8"],
    ['@(int.TryParse("12", out var n) ? n + 1 : -1)', "13"],
    ['@(int.TryParse("x", out int n) ? n : -1)', "-1"],
    ['@(System.Text.Encoding.UTF8.GetString(System.Convert.FromBase64String("w6Q=")))', "ä"],
    ['@(Newtonsoft.Json.JsonConvert.SerializeObject("a"))', '"a"'],
  ])("%s is %s", (source, expected) => {
    expect(outcome(source)).toBe(expected);
  });
});
