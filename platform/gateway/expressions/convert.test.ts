import { describe, expect, it } from "@jest/globals";
import { toBoolean, toInteger, toText } from "./convert.ts";
import { ExpressionError } from "./expression-error.ts";
import { evaluate } from "./test-support/evaluate.ts";

describe("conversions of results", () => {
  it.each<[string, string]>([
    ["@(null)", ""],
    ["@(true)", "True"],
    ["@(1.50m)", "1.50"],
    ["@('c')", "c"],
    ['@(new JValue("a"))', "a"],
    ['@(JObject.Parse("{}"))', "{}"],
    ["@(new byte[0])", "System.Byte[]"],
  ])("toText of %s is %s", (source, expected) => {
    expect(toText(evaluate(source))).toBe(expected);
  });

  it.each<[string, boolean]>([
    ["@(1 == 1)", true],
    ['@("False")', false],
    ['@(JObject.Parse("{\\"a\\": true}")["a"])', true],
  ])("toBoolean of %s is %s", (source, expected) => {
    expect(toBoolean(evaluate(source))).toBe(expected);
  });

  it.each<[string, number]>([
    ["@(404)", 404],
    ["@(404L)", 404],
    ['@("404")', 404],
    ["@(2.5)", 2],
    ['@(JObject.Parse("{\\"a\\": 7}")["a"])', 7],
  ])("toInteger of %s is %s", (source, expected) => {
    expect(toInteger(evaluate(source))).toBe(expected);
  });

  it("refuses what makes no sense", () => {
    expect(() => toBoolean("yes")).toThrow(ExpressionError);
    expect(() => toBoolean(1)).toThrow(ExpressionError);
    expect(() => toBoolean(null)).toThrow(ExpressionError);
    expect(() => toInteger("4x")).toThrow(ExpressionError);
    expect(() => toInteger(null)).toThrow(ExpressionError);
    expect(() => toInteger(evaluate("@(9999999999)"))).toThrow(ExpressionError);
    expect(() => toInteger(evaluate("@(new JObject())"))).toThrow(ExpressionError);
  });
});
