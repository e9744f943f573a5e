import { describe, expect, it } from "@jest/globals";
import { outcome } from "../test-support/evaluate.ts";

describe("statements", () => {
  it.each([
    ["locals", "var a = 1; int b = 2, c = b + 1; const int d = 10; return a + b + c + d;", "16"],
    [
      "compound assignment",
      'var s = "a"; s += 1; var n = 5; n *= 3; n -= 1; n /= 4; n %= 2; return s + n;',
      "a11",
    ],
    ["narrowing compound assignment", "byte b = 250; b += 10; return b;", "4"],
    ["increment", "int i = 0; return i++ + ++i + i-- - --i;", "4"],
    [
      "if and else",
      'if (context.Request.Method == "PUT") return 1; else if (true) { return 2; } else return 3;',
      "2",
    ],
    [
      "foreach",
      "var sum = 0; foreach (var x in new[] { 1, 2, 3, 4 }) { if (x == 2) continue; if (x == 4) break; sum += x; } return sum;",
      "4",
    ],
    [
      "foreach with a type",
      'var t = ""; foreach (string s in new object[] { "a", "b" }) t += s; return t;',
      "ab",
    ],
    ["foreach over characters", "var n = 0; foreach (var c in \"a-b-c\") if (c == '-') n++; return n;", "2"],
    ["for", "var sum = 0; for (int i = 0, j = 10; i < j; i++, j--) sum += j - i; return sum;", "30"],
    ["while and do", "var n = 0; while (n < 5) n++; do { n += 10; } while (n < 20); return n;", "25"],
    [
      "switch",
      'switch (context.Request.Method) { case "PUT": return 1; case "HEAD": case "GET": break; default: return 3; } return 2;',
      "2",
    ],
    [
      "continue within switch",
      "var n = 0; foreach (var x in new[] { 1, 2 }) { switch (x) { case 1: continue; default: n += x; break; } } return n;",
      "2",
    ],
    [
      "try and catch",
      'try { return int.Parse("x"); } catch (FormatException e) { return e.Message; }',
      "Input string was not in a correct format.",
    ],
    [
      "catch of a base class",
      'try { return int.Parse("x"); } catch (SystemException e) { return "base"; }',
      "base",
    ],
    [
      "catch in order",
      'try { throw new ArgumentNullException("a"); } catch (FormatException) { return 1; } catch (ArgumentException) { return 2; } catch { return 3; }',
      "2",
    ],
    [
      "catch with a filter",
      'try { throw new Exception("a"); } catch (Exception e) when (e.Message == "b") { return 1; } catch (Exception) { return 2; }',
      "2",
    ],
    [
      "throw again",
      'try { try { throw new Exception("a"); } catch (Exception) { throw; } } catch (Exception e) { return e.Message; }',
      "a",
    ],
    ["finally", "var n = 0; try { n = 1; } finally { n += 10; } return n;", "11"],
    [
      "throw expression",
      'string s = null; try { return s ?? throw new InvalidOperationException("no"); } catch (InvalidOperationException e) { return e.Message; }',
      "no",
    ],
    ["local function", "int Twice(int n) => n * 2; return Twice(Twice(3));", "12"],
    [
      "recursive local function",
      "int Fib(int n) { if (n < 2) return n; return Fib(n - 1) + Fib(n - 2); } return Fib(12);",
      "144",
    ],
    [
      "local function that captures",
      'var log = ""; void Add(string s) { log += s; } Add("a"); Add("b"); return log;',
      "ab",
    ],
    ["using", "using (var h = SHA256.Create()) { return h.ComputeHash(new byte[0]).Length; }", "32"],
    [
      "fresh loop variables",
      "var fs = new List<Func<int>>(); foreach (var i in new[] { 1, 2 }) fs.Add(() => i); return fs[0]() * 10 + fs[1]();",
      "12",
    ],
    [
      "one for variable",
      "var fs = new List<Func<int>>(); for (var i = 0; i < 2; i++) fs.Add(() => i); return fs[0]() * 10 + fs[1]();",
      "22",
    ],
    ["out of an existing variable", 'int v; if (int.TryParse("7", out v)) { return v; } return 0;', "7"],
    ["comments", "// one\n/* two */ return 1; // three\n", "1"],
    ["an index evaluated once", "var n = 0; var a = new int[3]; a[n++] += 5; return a[0] * 10 + n;", "51"],
  ])("runs %s", (_name, body, expected) => {
    expect(outcome(`@{ ${body} }`)).toBe(expected);
  });

  it.each([
    ["a path without return", "if (context.Tracing) { return 1; }", "not all code paths return a value"],
    ["a loop that may end", "while (context.Tracing) { return 1; }", "not all code paths return a value"],
    ["return without value", "return;", "a value has to be returned"],
    ["a name twice", "var a = 1; var a = 2; return a;", 'a variable named "a" is already defined here'],
    [
      "a name of an outer block",
      "var a = 1; { var a = 2; } return a;",
      'a variable named "a" is already defined here',
    ],
    ["a name out of its block", "{ var a = 1; } return a;", 'the name "a" does not exist'],
    ["an untyped variable", "var a = null; return a;", 'the type of "var a" is not known'],
    ["writing a constant", "const int A = 1; A = 2; return A;", '"A" cannot be assigned'],
    [
      "writing a loop variable",
      "foreach (var x in new[] { 1 }) { x = 2; } return 1;",
      '"x" cannot be assigned',
    ],
    ["an expression as statement", "1 + 1; return 1;", "only a call, an assignment"],
    ["break without loop", "break; return 1;", "there is no loop to break"],
    [
      "fall through",
      'switch (1) { case 1: context.Trace("a"); case 2: return 1; } return 2;',
      "must not fall through",
    ],
    ["throw without catch", "throw;", '"throw;" is only possible within catch'],
    ["throwing no exception", 'throw "a";', "cannot convert string to Exception"],
    ["foreach over a number", "foreach (var x in 5) { } return 1;", "int cannot be enumerated"],
    ["goto", "goto a; return 1;", 'found "goto"'],
    ["lock", "lock (context) { } return 1;", 'found "lock"'],
    ["await", "return await x;", "policy expression"],
    ["a missing semicolon", "var a = 1 return a;", 'expected ";", found "return"'],
  ])("refuses %s", (_name, body, problem) => {
    expect(outcome(`@{ ${body} }`)).toContain(problem);
  });

  it("throws when a list changes while it is enumerated", () => {
    expect(outcome("@{ var l = new List<int> { 1, 2 }; foreach (var x in l) l.Add(x); return 1; }")).toBe(
      "InvalidOperationException: Collection was modified; enumeration operation may not execute.",
    );
  });

  it("gives an uncaught exception its name and message", () => {
    expect(outcome('@{ throw new ApplicationException("no way"); }')).toBe("ApplicationException: no way");
  });
});
