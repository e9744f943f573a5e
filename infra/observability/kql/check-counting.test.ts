import { expect, test } from "@jest/globals";
import { checkCounting } from "./check-counting.ts";

test.each([
  "AppRequests | summarize a = sum(ItemCount), b = percentilew(DurationMs, ItemCount, 95)",
  "AppDependencies | summarize a = sumif(ItemCount, Success == false)",
  "AppTraces | summarize a = count()",
])("%s counts what there is", (query) => {
  expect(checkCounting(query)).toEqual([]);
});

test.each([
  ["AppRequests | summarize a = count()", "count"],
  ["AppDependencies\n| summarize a = avg(DurationMs)", "avg"],
  ["AppRequests | summarize a = percentile(DurationMs, 95)", "percentile"],
  ["AppRequests | summarize a = countif(Success == false)", "countif"],
  ["union AppRequests, AppTraces | summarize a = count()", "count"],
])("%s counts rows", (query, by) => {
  expect(checkCounting(query)).toEqual([expect.stringContaining(`${by} counts rows`)]);
});
