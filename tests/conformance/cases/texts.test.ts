import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { joinSchemas } from "../contract/schema.ts";
import { nearMisses, textsAgainstPattern, textsOfLength, validTexts } from "./texts.ts";
import { codePoints } from "../oracle/code-points.ts";

const TEXT = {
  type: "string",
  pattern: "^[^\\u0000-\\u001f]*[^\\s\\u0000-\\u001f][^\\u0000-\\u001f]*$",
  minLength: 1,
  maxLength: 64,
};
const HEX = { type: "string", pattern: "^[0-9a-f]{32}$", minLength: 32, maxLength: 32 };
const TAGS = { type: "string", pattern: '^"[!#-~]*"(,"[!#-~]*")*$', maxLength: 256 };

const schema = (one: object) => joinSchemas({ one: one as never }, ["/one"]);
const keeps = (one: { pattern: string }) => (text: string) => new RegExp(one.pattern, "u").test(text);
const length = (text: string) => codePoints(text).length;

describe("texts of an exact length", () => {
  it.each([
    ["free text", TEXT, 64],
    ["free text over its limit", TEXT, 65],
    ["a list", TAGS, 256],
    ["hexadecimal digits", HEX, 32],
  ])("%s: there are such that keep the pattern", (_, one, count) => {
    const texts = textsOfLength(schema(one), count, keeps(one));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect([length(text), keeps(one)(text)]).toEqual([count, true]);
  });

  it("are counted in code points, of one unit and of two, and with combining marks", () => {
    const texts = textsOfLength(schema(TEXT), 64, keeps(TEXT));
    expect(texts.some((text) => text.length === 64)).toBe(true);
    expect(texts.some((text) => text.length > 100)).toBe(true);
    expect(texts.some((text) => text.includes("\u0301"))).toBe(true);
  });

  it("break a pattern that has no text of that length", () => {
    const texts = textsOfLength(schema(HEX), 33, keeps(HEX));
    expect(new Set(texts.map(length))).toEqual(new Set([33]));
  });
});

describe("other texts", () => {
  it("keep the schema", () => {
    const accepts = (text: string) => keeps(TEXT)(text) && length(text) <= 64;
    for (const text of fc.sample(validTexts(schema(TEXT), accepts), 200)) expect(accepts(text)).toBe(true);
  });

  it("break the pattern", () => {
    for (const one of [TEXT, HEX, TAGS]) {
      const texts = textsAgainstPattern(schema(one));
      expect(texts.length).toBeGreaterThan(5);
      for (const text of texts) expect(keeps(one)(text)).toBe(false);
    }
  });

  it("miss a member by the case of its letters", () => {
    expect(nearMisses(["male", "TREAT"])).toEqual(expect.arrayContaining(["MALE", "Male", "treat", "Treat"]));
    expect(nearMisses(["1"])).toEqual([]);
  });
});
