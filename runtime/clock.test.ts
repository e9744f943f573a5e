import { describe, expect, it } from "@jest/globals";
import { latestToday } from "./clock.ts";
import { fakeClock } from "./testing/fake-clock.ts";

describe("latestToday", () => {
  it.each([
    ["2026-11-20T09:59:59.999Z", "2026-11-20"],
    ["2026-11-20T10:00:00.000Z", "2026-11-21"],
    ["2026-12-31T12:00:00.000Z", "2027-01-01"],
    ["2028-02-28T23:00:00.000Z", "2028-02-29"],
  ])("at %s is %s, the day at UTC+14", (moment, day) => {
    expect(latestToday(fakeClock(moment))).toBe(day);
  });
});
