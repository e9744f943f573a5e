import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { includesPattern } from "./includes-pattern.ts";
import { patternLengths } from "./pattern-lengths.ts";

describe("which texts patterns have in common", () => {
  it.each([
    ["^[0-9]+$", String.raw`^\d+$`],
    ["^[a-zA-Z]*$", "^[A-Za-z]*$"],
    ["^(a|b)c?$", "^[ab](c|)$"],
    ["^a{2,4}$", "^aa(a(a)?)?$"],
    ["^(?:ab)*$", "^(ab)*?$"],
    ["", ".*"],
    ["^", "$"],
    ["a", String.raw`^[\s\S]*a[^]*$`],
    [
      String.raw`^[^\u0000-\u001f]*[^\s\u0000-\u001f][^\u0000-\u001f]*$`,
      String.raw`^[^\x00-\x1F]*[^\u0000-\u001f\s][^\x00-\x1F]*$`,
    ],
    ["^$", "^(a^)?$(?:)"],
    [String.raw`^[\w-]$`, String.raw`^[-a-zA-Z0-9_]$`],
    ["^a$|^b$", "^(a|b)$"],
  ])("%s and %s: the same", (a, b) => {
    expect([includesPattern(a, b), includesPattern(b, a)]).toEqual([true, true]);
  });

  it.each([
    ["^[a-z]+$", "^[a-c]+$"],
    ["^[a-z]+$", "^[a-z]{3}$"],
    ["a", "^a$"],
    [String.raw`^\w+$`, String.raw`^\d+$`],
    ["^.*$", "^[a-z]*$"],
    ["^(GET|PUT|POST)$", "^(GET|PUT)$"],
  ])("%s has those of %s, and more", (outer, inner) => {
    expect([includesPattern(outer, inner), includesPattern(inner, outer)]).toEqual([true, false]);
  });

  it.each([
    ["^(?!a)", "^b"],
    [String.raw`^(a)\1$`, "^aa$"],
    [String.raw`\bword\b`, "word"],
    [String.raw`^\p{L}+$`, "^[a-z]+$"],
    ["(?<=a)b", "b"],
    ["(", "a"],
    ["^a{5000}$", "^a{5001}$"],
  ])("%s and %s: nobody can tell", (a, b) => {
    expect(includesPattern(a, b)).toBeUndefined();
  });

  it("agrees with the regular expressions of the language", () => {
    const atom = fc.constantFrom("a", "b", "[ab]", "[^a]", ".", String.raw`\d`, "(a|bc)", "^", "$", "(b)");
    const piece = fc
      .tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{1,2}"))
      .map(([one, many]) => (one === "^" || one === "$" ? one : one + many));
    const pattern = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(""));
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "1", "\n"), { maxLength: 6 })
      .map((chars) => chars.join(""));
    fc.assert(
      fc.property(
        pattern,
        pattern,
        fc.array(text, { minLength: 5, maxLength: 20 }),
        (outer, inner, texts) => {
          const answer = includesPattern(outer, inner);
          const counterexample = texts.some(
            (one) => new RegExp(inner, "u").test(one) && !new RegExp(outer, "u").test(one),
          );
          expect(answer === true && counterexample).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("how long texts that match can be", () => {
  it.each([
    ["^[0-9a-f]{32}$", 32, 32],
    ["^a?b+$", 1, Infinity],
    ["^(ab|c){2,3}$", 2, 6],
    ["abc", 3, Infinity],
    ["^a$|^bcd$", 1, 3],
    ["^a|b$", 1, Infinity],
    ["^()*$", 0, 0],
    ["", 0, Infinity],
  ])("%s: %d to %d", (pattern, min, max) => {
    expect(patternLengths(pattern)).toEqual({ min, max });
  });

  it("is not told of what cannot be read", () => {
    expect(patternLengths("^(?=a)b$")).toBeUndefined();
  });
});
