import { expect, test } from "@jest/globals";
import { checkTimes, secondsOf } from "./check-times.ts";

test("what lies within the window may be asked for", () => {
  expect(checkTimes("AppTraces | where TimeGenerated > ago(5m)", 900)).toEqual([]);
});

test.each([
  ["AppTraces | where TimeGenerated > ago(15m)", 900],
  ["AppTraces | where TimeGenerated > ago(1d)", 900],
  ["AppTraces | where TimeGenerated > ago(window)", 900],
  ["AppTraces | where TimeGenerated < now()", 900],
  ["AppTraces | where TimeGenerated > ago(1m)", 0],
])("%s does not fit into %d s", (query, seconds) => {
  expect(checkTimes(query, seconds)).toHaveLength(1);
});

test.each([
  ["PT5M", 300],
  ["PT6H", 21_600],
  ["P1D", 86_400],
])("%s is %d s", (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});
