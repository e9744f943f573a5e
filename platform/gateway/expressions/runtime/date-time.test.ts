import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseDateTime } from "./convert.ts";
import { DateTime } from "./date-time.ts";

const dates = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59Z"),
  noInvalidDate: true,
});

describe("DateTime", () => {
  it("agrees with JavaScript on the calendar", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const { calendar } = DateTime.from(date);
        expect([calendar.year, calendar.month - 1, calendar.day, calendar.hour, calendar.weekday]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth(),
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCDay(),
        ]);
      }),
    );
  });

  it("reads what it writes", () => {
    fc.assert(
      fc.property(dates, (date) => {
        const value = DateTime.from(date);
        expect(parseDateTime(value.format("o"))?.ticks).toBe(value.ticks);
        expect(value.format("yyyy-MM-ddTHH:mm:ss.fffK")).toBe(date.toISOString());
      }),
    );
  });
});
