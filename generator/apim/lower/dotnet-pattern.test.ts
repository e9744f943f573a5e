import { describe, expect, it } from "@jest/globals";
import { readAsDotnet } from "./dotnet-pattern.ts";

describe("readAsDotnet", () => {
  it.each([
    "^[0-9a-f]{32}",
    "a\\.b",
    "[.$]",
    "\\p{L}+\\P{Lu}",
    "[\\]$.]",
    "(?<y>[0-9]{4})-\\k<y>",
    "\\$",
    "\\u00e9",
    "[a^]",
  ])("finds nothing in %s", (pattern) => {
    expect(readAsDotnet(pattern)).toEqual({ unknown: [], other: [] });
  });

  it.each([
    ["\\u{1F600}", "\\u{…} is no escape"],
    ["[\\u{1F600}-\\u{1F64F}]", "\\u{…} is no escape"],
    ["\\p{Script=Greek}", "\\p{Script=Greek} is no category"],
    ["[\\p{Letter}]", "\\p{Letter} is no category"],
    ["\\P{Emoji}", "\\P{Emoji} is no category"],
    ["[^]", "[^] does not end"],
    ["[]", "[] does not end"],
  ])("knows that .NET refuses %s", (pattern, reason) => {
    expect(readAsDotnet(pattern).unknown).toEqual([reason]);
  });

  it.each([
    ["^a$", ["$ also matches before a final line feed"]],
    ["[^$]$", ["$ also matches before a final line feed"]],
    ["[a[]$", ["$ also matches before a final line feed"]],
    ["[\\]$]", []],
    ["^a.c", [". also matches a carriage return"]],
    ["\\d+", ["\\d means the digits of every script"]],
    ["[\\w-]", ["\\w means the letters of every script"]],
    ["\\bcat\\b", ["\\b means the words of every script"]],
    ["[\\b]", []],
    ["\\S", ["\\S means other white space"]],
    ["\\\\d", []],
  ])("knows that .NET takes %s for something else", (pattern, reasons) => {
    expect(readAsDotnet(pattern).other).toEqual(reasons);
  });
});
