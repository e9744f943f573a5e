import type { EnumValue } from "../runtime/enum-value.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { ListValue } from "../runtime/list-value.ts";
import { GroupValue, MatchValue } from "../regex/match-value.ts";
import { Regex } from "../regex/regex.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";
import type { TimeSpan } from "../runtime/time-span.ts";
import { defineType, type Implementation, type MemberTable } from "../types/type-definition.ts";

type Evaluator = (match: MatchValue) => string | null;

const regexType = defineType("class System.Text.RegularExpressions.Regex", {
  holds: (value) => value instanceof Regex,
  constructors: {
    "(string pattern)": (pattern: string) => Regex.of(pattern, 0, null),
    "(string pattern, RegexOptions options)": (pattern: string, options: EnumValue) =>
      Regex.of(pattern, options.value, null),
    "(string pattern, RegexOptions options, TimeSpan timeout)": (
      pattern: string,
      options: EnumValue,
      timeout: TimeSpan,
    ) => Regex.of(pattern, options.value, milliseconds(timeout)),
  },
  instance: {
    "bool IsMatch(string input)": isMatch,
    "bool IsMatch(string input, int start)": (self: Regex, input: string, start: number) =>
      self.find(input, start) !== null,
    "Match Match(string input)": firstMatch,
    "Match Match(string input, int start)": (self: Regex, input: string, start: number) =>
      new MatchValue(self, self.find(input, start)),
    "MatchCollection Matches(string input)": allMatches,
    "string Replace(string input, string replacement)": replaceText,
    "string Replace(string input, MatchEvaluator evaluator)": replaceBy,
    "string Replace(string input, string replacement, int count)": replaceText,
    "string[] Split(string input)": split,
  },
  statics: {
    ...withOptions("bool IsMatch(string input, string pattern", isMatch),
    ...withOptions("Match Match(string input, string pattern", firstMatch),
    ...withOptions("MatchCollection Matches(string input, string pattern", allMatches),
    ...withOptions("string[] Split(string input, string pattern", split),
    ...withOptions("string Replace(string input, string pattern, string replacement", replaceText),
    ...withOptions("string Replace(string input, string pattern, MatchEvaluator evaluator", replaceBy),
    "string Escape(string text)": (text: string) =>
      text
        .replace(/[\\*+?|{[()^$.# ]/g, "\\$&")
        .replaceAll("\t", "\\t")
        .replaceAll("\n", "\\n")
        .replaceAll("\r", "\\r"),
    "string Unescape(string text)": (text: string) =>
      text.replace(/\\(.)/gs, (_, character: string) => UNESCAPED.get(character) ?? character),
  },
});

const groupType = defineType("class System.Text.RegularExpressions.Group", {
  holds: (value) => value instanceof GroupValue,
  instance: {
    "string Value": (self: GroupValue) => self.text(),
    "bool Success": (self: GroupValue) => self.success,
    "int Index": (self: GroupValue) => self.group.index,
    "int Length": (self: GroupValue) => self.text().length,
    "string Name": (self: GroupValue) => self.group.name,
  },
});

const matchType = defineType("class System.Text.RegularExpressions.Match : Group", {
  holds: (value) => value instanceof MatchValue,
  instance: {
    "GroupCollection Groups": (self: MatchValue) => self,
    "Match NextMatch()": (self: MatchValue) => self.next(),
    "string Result(string replacement)": (self: MatchValue, replacement: string) => self.expand(replacement),
  },
  statics: { "Match Empty": () => new MatchValue(null, null) },
});

/** A match stands for its own groups. */
const groupCollectionType = defineType("class System.Text.RegularExpressions.GroupCollection", {
  instance: {
    "Group this[string name]": (self: MatchValue, name: string) => self.byName(name),
    "Group this[int number]": (self: MatchValue, number: number) => self.byNumber(number),
    "int Count": (self: MatchValue) => self.found?.groups.length ?? 1,
  },
});

const matchCollectionType = defineType(
  "class System.Text.RegularExpressions.MatchCollection : IEnumerable<Match>",
  {
    instance: {
      "int Count": (self: ListValue) => self.items.length,
      "Match this[int index]": (self: ListValue, index: number) =>
        self.items[index] ?? raiseOutOfRange("i", "Specified argument was out of the range of valid values."),
    },
  },
);

/** Regex and what it finds. */
export const REGEX_TYPES = [regexType, groupType, matchType, groupCollectionType, matchCollectionType];

const UNESCAPED: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["f", "\f"],
]);

/** The static form of a method, which takes the pattern second, and options and a timeout at the end. */
function withOptions(
  head: string,
  run: (self: Regex, input: string, ...rest: never[]) => unknown,
): MemberTable {
  const extra = head.split(",").length - 2;
  const call: Implementation = (input: string, pattern: string, ...rest: never[]) => {
    const [options, timeout]: (EnumValue | TimeSpan | undefined)[] = rest.slice(extra);
    return run(Regex.of(pattern, flagsOf(options), timeoutOf(timeout)), input, ...rest.slice(0, extra));
  };
  return {
    [`${head})`]: call,
    [`${head}, RegexOptions options)`]: call,
    [`${head}, RegexOptions options, TimeSpan timeout)`]: call,
  };
}

function flagsOf(options: unknown): number {
  return typeof options === "object" &&
    options !== null &&
    "value" in options &&
    typeof options.value === "number"
    ? options.value
    : 0;
}

function timeoutOf(timeout: EnumValue | TimeSpan | undefined): number | null {
  return timeout !== undefined && "ticks" in timeout ? milliseconds(timeout) : null;
}

function milliseconds(timeout: TimeSpan): number {
  const value = Number(timeout.ticks / 10_000n);
  if (value <= 0) raiseOutOfRange("matchTimeout", "Specified argument was out of the range of valid values.");
  return Math.min(value, 60_000);
}

function isMatch(regex: Regex, input: string): boolean {
  return regex.find(input, 0) !== null;
}

function firstMatch(regex: Regex, input: string): MatchValue {
  return new MatchValue(regex, regex.find(input, 0));
}

function allMatches(regex: Regex, input: string): ListValue {
  return new ListValue(Array.from(regex.findAll(input), (found) => new MatchValue(regex, found)));
}

function replaceText(regex: Regex, input: string, replacement: string, count: unknown = -1): string {
  return replace(regex, input, (match) => match.expand(replacement), typeof count === "number" ? count : -1);
}

function replaceBy(regex: Regex, input: string, evaluator: Evaluator): string {
  return replace(regex, input, (match) => evaluator(match) ?? "", -1);
}

function replace(regex: Regex, input: string, make: (match: MatchValue) => string, count: number): string {
  let text = "";
  let end = 0;
  let left = count;
  for (const found of regex.findAll(input)) {
    if (left-- === 0) break;
    const [{ index, value }] = found.groups;
    text += input.slice(end, index) + make(new MatchValue(regex, found));
    spendSize(text.length);
    end = index + (value?.length ?? 0);
  }
  return text + input.slice(end);
}

/** Captured groups are part of the result. */
function split(regex: Regex, input: string): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const found of regex.findAll(input)) {
    const [{ index, value }, ...groups] = found.groups;
    parts.push(input.slice(end, index), ...groups.flatMap((group) => group.value ?? []));
    end = index + (value?.length ?? 0);
  }
  return [...parts, input.slice(end)];
}
