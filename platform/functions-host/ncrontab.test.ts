import { describe, expect, it } from "@jest/globals";

import { parseSchedule } from "./ncrontab.ts";

const nextOf = (expression: string, after: string) =>
  new Date(parseSchedule(expression).next(Date.parse(after))).toISOString();

describe("parseSchedule", () => {
  it.each([
    ["*/15 * * * * *", "2026-11-20T12:00:00.000Z", "2026-11-20T12:00:15.000Z"],
    ["*/15 * * * * *", "2026-11-20T12:00:14.999Z", "2026-11-20T12:00:15.000Z"],
    ["0 */5 * * * *", "2026-11-20T23:57:30Z", "2026-11-21T00:00:00.000Z"],
    ["0 0 3 * * *", "2026-12-31T03:00:00Z", "2027-01-01T03:00:00.000Z"],
    ["0 30 9-17/4 * * Mon-Fri", "2026-11-20T17:30:00Z", "2026-11-23T09:30:00.000Z"],
    ["0 0 0 29 2 *", "2026-11-20T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["0 0 0 31 * *", "2026-11-20T00:00:00Z", "2026-12-31T00:00:00.000Z"],
    ["10/20 1,2 * * january *", "2026-11-20T00:00:00Z", "2027-01-01T00:01:10.000Z"],
    ["0 0 0 1 1 0", "2026-11-20T00:00:00Z", "2034-01-01T00:00:00.000Z"],
  ])("%s after %s", (expression, after, expected) => {
    expect(nextOf(expression, after)).toBe(expected);
  });

  it.each([
    "",
    "* * * * *",
    "* * * * * * *",
    "60 * * * * *",
    "* * 24 * * *",
    "* * * 0 * *",
    "* * * * 13 *",
    "* * * * * 7",
    "*/0 * * * * *",
    "a * * * * *",
    "5-1 * * * * *",
    "1-2-3 * * * * *",
    "1, * * * * *",
    "-1 * * * * *",
    "00:05:00",
    "0 0 0 31 2 *",
  ])("refuses %p", (expression) => {
    expect(() => parseSchedule(expression)).toThrow(`schedule "${expression}"`);
  });
});
