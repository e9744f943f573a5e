import { describe, expect, it } from "@jest/globals";
import { compilePattern, literalPrefix } from "./compile-pattern.ts";

describe("compilePattern", () => {
  it.each([
    ["a.c", "", "a\rc", true],
    ["a.c", "", "a\nc", false],
    ["a.c", "s", "a\nc", true],
    ["a[.]c", "", "abc", false],
    ["a\\.c", "", "abc", false],
    ["^a$", "", "a\n", true],
    ["^a$", "", "a\nb", false],
    ["^a$", "m", "b\na", true],
    ["^a$", "m", "b\ra", false],
    ["a\\-b\\@", "", "a-b@", true],
    ["^[^a\\-c]$", "", "b", true],
    ["^a\\s$", "", "a\u00a0", false],
    ["[\\s]", "", "\t", true],
    ["\u00e9", "i", "\u00c9", true],
  ])("reads /%s/%s on %j as PCRE does", (pattern, options, text, expected) => {
    expect(compilePattern(pattern, options).test(text)).toBe(expected);
  });

  it.each(["(?i)a", "a++", "\\Aa", "[[:alpha:]]", "(?P<n>a)", "[\\S]"])("refuses %s", (pattern) => {
    expect(() => compilePattern(pattern, "")).toThrow(
      expect.objectContaining({ codeName: "NotImplemented" }),
    );
  });

  it("refuses options that it lacks", () => {
    expect(() => compilePattern("a", "x")).toThrow("options");
  });
});

describe("literalPrefix", () => {
  it.each([
    ["^abc", "", "abc"],
    ["^abc.*", "", "abc"],
    ["^abc*", "", "ab"],
    ["^ab?", "", "a"],
    ["^ab|c", "", ""],
    ["^abc", "i", ""],
    ["abc", "", ""],
  ])("of /%s/%s is %j", (pattern, options, prefix) => {
    expect(literalPrefix(pattern, options)).toBe(prefix);
  });
});
