import { describe, expect, test } from "@jest/globals";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkQuery } from "./check-query.ts";
import { QueryFault } from "./tokens.ts";

describe("a query that is right", () => {
  test.each([
    ["AppRequests", "Url"],
    [
      'AppRequests | where Success == false and ResultCode !in ("404") | extend a = 1 | project a, b = a + 1',
      "b",
    ],
    ['AppTraces | extend line = parse_json(Message) | where line.event has "x" | distinct line', "line"],
    [
      "AppMetrics | summarize found = sum(Sum) / sum(ItemCount) by bin(TimeGenerated, 5m), app = AppRoleName",
      "TimeGenerated",
    ],
    ["AppTraces | summarize arg_max(TimeGenerated, Message) by AppRoleName", "Message"],
    [
      "AppTraces | join kind=inner (AppMetrics | summarize by AppRoleName) on AppRoleName | sort by TimeGenerated desc",
      "Message",
    ],
    ['FunctionAppLogs | parse Message with "Executed \'" name "\' (" * | where name in ("a")', "name"],
    [
      'union isfuzzy=true AZKVAuditLogs, (AzureDiagnostics | where Category == "a") | where ResultType == "b"',
      "Identity",
    ],
    ['AppRequests | where ResultCode between (400 .. 499) // a "comment', "Name"],
    ["AppRequests | where AppRoleName in ({Service}) and OperationId == '{TraceId}'", "Id"],
  ])("%s", (query, column) => {
    expect(checkQuery(query, ["Service", "TraceId"])).toContain(column);
  });

  test("answers with the columns that are left", () => {
    expect([...checkQuery("AppRequests | summarize a = count() by b = Name | project b")]).toEqual(["b"]);
  });
});

describe("a fault is told with its line", () => {
  test.each([
    ["AppRequests\n| where (Success == true", 'line 2: "(" is not closed'],
    ['AppRequests | where Name in ["a")', 'line 1: ")" closes nothing'],
    ['AppRequests | where Name == "a', 'line 1: "\\"a" cannot be read'],
    ["AppRequest", "there is no table AppRequest"],
    ["AppRequests AppTraces", "there is no table AppRequestsAppTraces"],
    ["AppRequests | were Success == true", '"were" is no operator'],
    ["AppRequests | | where Success == true", '"|" is no operator'],
    ["AppRequests | where", "where has nothing to work on"],
    ["AppRequests | where Duration > 1", "there is no column Duration here"],
    ["AppMetrics | where DurationMs > 1", "there is no column DurationMs here"],
    ["AppRequests | project Name | where ItemCount > 1", "there is no column ItemCount here"],
    ["AppRequests | summarize a = count() by Name | sort by b", "there is no column b here"],
    ['AppRequests | where Name = "a"', 'what compares is "=="'],
    ['AppRequests | where Name !hass "a"', '"!hass" is no operator'],
    ["AppRequests | extend a = tostr(Name)", "tostr is no function"],
    ["AppRequests | extend a = sum(ItemCount)", "sum is for summarize alone"],
    ["AppRequests | summarize count()", "count() has no name"],
    ["AppRequests | summarize a = count(), by Name", "a comma has nothing beside it"],
    ["AppRequests | summarize a = count() by Name by Id", "there are two by"],
    ["AppRequests | join (AppTraces) on Message", "join has no kind"],
    ["AppRequests | join kind=inner (AppTraces)", "join has no key"],
    ["AppRequests | join kind=inner (AppTraces) on Message", "there is no column Message here"],
    ["AppRequests | sort Name", "sort has no by"],
    ["AppRequests | where AppRoleName in ({Sevice})", "there is no parameter Sevice"],
    ['AppRequests | where OperationId == "{Trace}"', "there is no parameter Trace"],
    ['FunctionAppLogs | parse Message with "a"', "parse finds nothing"],
  ])("%s", (query, fault) => {
    expect(() => checkQuery(query, ["Service", "TraceId"])).toThrow(fault);
  });
});

describe("in each of our queries a slip is found", () => {
  const folder = join(import.meta.dirname, "..");
  const files = globSync("{queries,workbook}/*.kql", { cwd: folder });
  const slips: Readonly<Record<string, (query: string) => string>> = {
    "a bracket is left out": (query) => query.replace(/\((?=[^(]*$)/, ""),
    "an operator is misspelt": (query) => query.replace(/\| (\w)(\w+)/, "| $2$1"),
    "a table is misspelt": (query) => query.replace(/^(union .*|)\b(?=A[pZ]|Fun|Sto)/m, "$1X"),
    "a column is misspelt": (query) => query.replace(/\b(AppRoleName|Message|OperationName)\b/, "$1s"),
    "a function is misspelt": (query) => query.replace(/\b(\w+)\((?=\w+[.,)])/, "$1x("),
  };
  const cases = files.flatMap((file) =>
    Object.entries(slips).map(([slip, make]) => [file, slip, make] as const),
  );

  test("there are all of them", () => {
    expect(files.length).toBeGreaterThan(30);
  });

  test.each(cases)("%s: %s", (file, _slip, make) => {
    const query = readFileSync(join(folder, file), "utf8");
    // Comments are nobody's to check.
    const code = query.replace(/^\/\/.*\n/gm, "");
    const changed = make(code);
    if (changed === code) return;
    expect(() => checkQuery(changed, ["Service", "TraceId"])).toThrow(QueryFault);
  });
});
