import { describe, expect, it } from "@jest/globals";
import { Locations } from "./locations.ts";
import { parseYaml } from "./parse-yaml.ts";

const parse = (text: string) => parseYaml("openapi/x.yaml", text, new Locations());

describe("parseYaml", () => {
  it("reads what JSON can say, keys of numbers as text", () => {
    expect(parse('200: ok\na: [1, 2.5, true, null, "3012", 1984-05]\n')).toEqual({
      "200": "ok",
      a: [1, 2.5, true, null, "3012", "1984-05"],
    });
  });

  it("knows where each key and item was written", () => {
    const locations = new Locations();
    const value = parseYaml("openapi/x.yaml", "a:\n  b: 1\n  c:\n    - x\n    -   y\n", locations);
    expect(locations.at(value, "a")).toEqual({ file: "openapi/x.yaml", line: 1, column: 1 });
    const inner = value.a as { c: string[] };
    expect(locations.at(inner, "c")).toMatchObject({ line: 3, column: 3 });
    expect(locations.at(inner.c, 1)).toMatchObject({ line: 5, column: 9 });
  });

  it.each([
    ["nothing", "", "1:1  error  yaml/mapping"],
    ["a list", "- a\n", "1:1  error  yaml/mapping"],
    ["broken flow", "a: [1, 2\nb: 3\n", "error  yaml/syntax"],
    ["a tab as indentation", "a:\n\tb: 1\n", "2:1  error  yaml/syntax"],
    ["a key twice", "a: 1\nb: 2\na: 3\n", "3:1  error  yaml/syntax"],
    ["two documents", "a: 1\n---\nb: 2\n", "error  yaml/syntax"],
    ["an unknown tag", "a: !!js/function x\n", "1:4  error  yaml/syntax"],
    ["an alias", "a: &x [1]\nb: *x\n", "2:4  error  yaml/alias"],
    ["aliases that multiply", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "2:8  error  yaml/alias"],
    ["a number that JSON has not", "a: .nan\n", "1:4  error  yaml/value"],
    ["a prototype", "a:\n  __proto__: { b: 1 }\n", "2:3  error  yaml/key"],
    ["a mapping as a key", "? { a: 1 }\n: 2\n", "1:3  error  yaml/key"],
    ["deep nesting", `a: ${"[".repeat(200)}${"]".repeat(200)}\n`, "error  yaml/depth"],
    ["nesting beyond the stack", `a: ${"[".repeat(100_000)}`, "openapi/x.yaml:"],
  ])("refuses %s in one line", (_what, text, finding) => {
    expect(() => parse(text)).toThrow(finding);
    expect(() => parse(text)).toThrow(/^openapi\/x\.yaml:\d+:\d+ {2}error {2}yaml\/\w+ {2}[^\n]+$/);
  });
});
