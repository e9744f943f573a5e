import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileExpression } from "./compile-expression.ts";
import { ExpressionError } from "./expression-error.ts";
import { ExpressionSyntaxError } from "./expression-syntax-error.ts";
import { outcome } from "./test-support/evaluate.ts";
import { testContext, testResponse } from "./test-support/test-context.ts";

const at = { file: "policies/api.xml", line: 40 };

describe("compileExpression", () => {
  it.each([
    ["@(context.Request.Body.As<string>(true))", true, false],
    ["@(context.Request.Body != null)", true, false],
    ["@(context.Response.Body.As<JObject>().Count)", false, true],
    ['@(((IResponse)context.Variables["r"]).Body.As<string>())', false, false],
    ["@(context.Response.StatusCode)", false, false],
  ])("finds out which bodies %s reads", (source, request, response) => {
    const { readsRequestBody, readsResponseBody } = compileExpression(source, at);
    expect({ readsRequestBody, readsResponseBody }).toEqual({
      readsRequestBody: request,
      readsResponseBody: response,
    });
  });

  it("names file, line and problem of what it refuses", () => {
    const source = "@{\n  var a = 1;\n  return a.Nonsense;\n}";
    expect(() => compileExpression(source, at)).toThrow(ExpressionSyntaxError);
    expect(() => compileExpression(source, at)).toThrow(
      'policies/api.xml:42: policy expression: "int.Nonsense" does not exist or is not supported',
    );
  });

  it("names the place of a failed evaluation", () => {
    const compiled = compileExpression("@(context.LastError.Message)", at);
    const failure: unknown = catchFailure(() => compiled.evaluate(testContext()));
    expect(failure).toBeInstanceOf(ExpressionError);
    expect(failure).toMatchObject({ exception: "NullReferenceException", where: at });
  });

  it("warns of comparisons of references", () => {
    const { warnings } = compileExpression('@(\ncontext.Variables["a"] == "b")', at);
    expect(warnings).toEqual([
      'policies/api.xml:41: "==" compares references: object with string; cast to string to compare texts',
    ]);
  });

  it("can be evaluated many times, each with its own variables and context", () => {
    const compiled = compileExpression('@{ var n = (int)context.Variables["n"]; n++; return n; }', at);
    const results = [1, 5, 9].map((n) => compiled.evaluate(testContext({ variables: new Map([["n", n]]) })));
    expect(results).toEqual([2, 6, 10]);
  });

  it("gives values that later expressions take", () => {
    const variables = new Map<string, unknown>();
    const context = testContext({ variables });
    variables.set("o", compileExpression('@(JObject.Parse("{\\"a\\": [1, 2]}"))', at).evaluate(context));
    variables.set("d", compileExpression("@(DateTime.UtcNow)", at).evaluate(context));
    variables.set("q", compileExpression("@(new[] { 1, 2, 3 }.Where(x => x > 1))", at).evaluate(context));
    expect(outcome('@((int)((JObject)context.Variables["o"])["a"][1])', context)).toBe("2");
    expect(outcome('@(((DateTime)context.Variables["d"]).Year)', context)).toBe("2026");
    expect(outcome('@(((IEnumerable<int>)context.Variables["q"]).Sum())', context)).toBe("5");
  });
});

describe("hostile expressions", () => {
  it.each([
    ["an endless loop", "@{ while (true) { } }"],
    ["an endless for", "@{ for (;;) { } }"],
    ["a text that doubles", '@{ var s = "ab"; while (true) { s += s; } }'],
    ["a list that doubles", "@{ var l = new List<int> { 1 }; while (true) { l.AddRange(l.ToList()); } }"],
    [
      "a JSON tree that doubles",
      '@{ var o = new JObject(); while (true) { o = new JObject(new JProperty("a", o), new JProperty("b", o)); } }',
    ],
    [
      "a deep JSON tree",
      '@{ var o = new JObject(); for (var i = 0; i < 100000; i++) { o = new JObject(new JProperty("a", o)); } return o.ToString(); }',
    ],
    ["a recursion", "@{ int F(int n) { return F(n + 1); } return F(0); }"],
    ["a long sequence", "@(Enumerable.Range(0, 2000000000).Count(x => x > 5))"],
    ["a long text", "@(new string('a', 2000000000).Length)"],
    ["a wide column", '@("a".PadLeft(2000000000))'],
    ["a large array", "@(new int[2000000000].Length)"],
    ["a deep format", "@(String.Join(\"\", Enumerable.Repeat(new string('x', 1000000), 1000)))"],
  ])("stops %s", (_name, source) => {
    expect(outcome(source)).toMatch(/^LimitExceeded: /);
  });

  it("lets no catch swallow a limit", () => {
    expect(outcome("@{ try { while (true) { } } catch (Exception) { return 1; } finally { } }")).toMatch(
      /^LimitExceeded/,
    );
  });

  it("stops a pattern that backtracks for ever, as an exception of .NET", () => {
    const source =
      '@{ try { return Regex.IsMatch(new string(\'a\', 60) + "b", "^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(20)); }' +
      ' catch (RegexMatchTimeoutException) { return "late"; } }';
    expect(outcome(source)).toBe("late");
  });

  it.each([
    "@(context.constructor)",
    "@(context.__proto__)",
    '@("x".constructor)',
    "@(context.Request.Headers.map)",
    "@(context.GetType())",
    "@(typeof(string))",
    "@(process)",
    '@(System.IO.File.ReadAllText("/etc/passwd"))',
    "@(new HttpClient())",
    "@(new Object().constructor)",
  ])("refuses %s", (source) => {
    expect(outcome(source)).toMatch(/^refused: /);
  });

  it.each(["__proto__", "constructor", "toString"])(
    "finds no member of a prototype under the key %s",
    (name) => {
      expect(outcome(`@(context.Variables.ContainsKey("${name}"))`)).toBe("False");
      expect(outcome(`@(context.Request.Headers.GetValueOrDefault("${name}") == null)`)).toBe("True");
      expect(outcome(`@(JObject.Parse("{}")["${name}"] == null)`)).toBe("True");
      expect(outcome(`@(new Dictionary<string, int>().ContainsKey("${name}"))`)).toBe("False");
    },
  );

  it("keeps __proto__ an ordinary name of JSON", () => {
    expect(outcome('@(JObject.Parse("{\\"__proto__\\": {\\"a\\": 1}}").ToString(Formatting.None))')).toBe(
      '{"__proto__":{"a":1}}',
    );
  });

  it("refuses or compiles any text, and never fails otherwise", () => {
    const words = fc.constantFrom(
      ...'context . ( ) [ ] { } ; , ? : => == + - < > ?. ?? new var return if else foreach in try catch throw string int JObject List "a" 1 \'c\' $"{1}" x @"q" 1.5m as is null true default'.split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 25 }), fc.boolean(), (parts, block) => {
        const source = block ? `@{${parts.join(" ")}}` : `@(${parts.join(" ")})`;
        expect(compiles(source)).toEqual(expect.any(Boolean));
      }),
      { numRuns: 1500 },
    );
  });

  it("takes any request text as data", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const context = testContext({ variables: new Map([["s", text]]) });
        expect(outcome('@((string)context.Variables["s"] + "!")', context)).toBe(`${text}!`);
        expect(
          outcome('@((string)new JObject(new JProperty("v", context.Variables["s"]))["v"])', context),
        ).toBe(text);
      }),
    );
  });

  it("refuses deep nesting instead of exhausting the stack", () => {
    expect(outcome(`@(${"(".repeat(5000)}1${")".repeat(5000)})`)).toMatch(/refused: .*nested too deeply/);
    expect(outcome(`@(${"!".repeat(5000)}true)`)).toMatch(/refused: .*nested too deeply/);
  });

  it("fails on deep JSON of a caller as .NET does", () => {
    const variables = new Map([["r", testResponse(200, "[".repeat(10_000))]]);
    expect(
      outcome('@(((IResponse)context.Variables["r"]).Body.As<JArray>())', testContext({ variables })),
    ).toMatch(/^JsonReaderException: The reader's MaxDepth of 64 has been exceeded/);
  });
});

function compiles(source: string): boolean {
  try {
    compileExpression(source, at);
    return true;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return false;
    throw error;
  }
}

function catchFailure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}
