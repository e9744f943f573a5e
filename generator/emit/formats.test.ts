import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FORMATS } from "./formats.ts";

const matches = (format: string, text: string): boolean => FORMATS[format]?.test(text) ?? false;

/** What the calendar of the language says, by another way than a regular expression. */
function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const pad = (value: number, length: number): string => String(value).padStart(length, "0");

describe("partial-date", () => {
  it("agrees with the calendar on every day that could be", () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(part(9999), part(13), part(32), (year, month, day) => {
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
        const isReal = year >= 1 && month >= 1 && month <= 12 && isRealDate(year, month, day);
        return matches("partial-date", text) === isReal && matches("date", text) === isReal;
      }),
      { numRuns: 20_000 },
    );
  });

  it("knows leap years", () => {
    const leap = [1600, 2000, 2024, 400, 4].map((year) => `${pad(year, 4)}-02-29`);
    const common = [1700, 1900, 2023, 2100, 1].map((year) => `${pad(year, 4)}-02-29`);
    expect([...leap, ...common].filter((text) => matches("partial-date", text))).toEqual(leap);
  });

  it.each(["1984", "1984-05", "0001", "9999-12"])("admits %s", (text) =>
    expect(matches("partial-date", text)).toBe(true),
  );

  it.each([
    "",
    "84",
    "1984-",
    "1984-5",
    "1984-13",
    "1984-00",
    "1984-05-",
    " 1984",
    "1984\n",
    "１９８４",
    "0000",
    "0000-05",
    "0000-02-29",
    "1984-05-17T00:00",
  ])("refuses %j", (text) => expect(matches("partial-date", text)).toBe(false));
});

describe("date-time", () => {
  it.each([
    "2026-11-20T08:30:00Z",
    "2026-11-20T23:59:59.000Z",
    "2024-02-29T00:00:00.123456789Z",
    "2026-11-20T08:30:00+02:00",
    "2026-11-20T08:30:00.5-23:59",
    "2026-11-20T08:30:00.123456789+00:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "0002-01-01T00:00:00+23:59",
    "9998-12-31T23:59:59.999999999-23:59",
  ])("admits %s, which is a moment of four-digit years", (text) => {
    expect(matches("date-time", text)).toBe(true);
    const moment = new Date(text).toISOString();
    expect(matches("date-time", moment)).toBe(true);
  });

  it.each([
    "2026-11-20",
    "2026-11-20T24:00:00Z",
    "2026-11-20T08:60:00Z",
    "2026-11-20T08:30:60Z",
    "2026-11-20T08:30:00",
    "2026-11-20T08:30:00+24:00",
    "2026-11-20T08:30:00+01:60",
    "2026-11-20T08:30:00+0100",
    "2026-11-20T08:30:00+1:00",
    "2026-11-20T08:30:00+01",
    "2026-11-20T08:30:00Z+01:00",
    "2026-11-20T08:30:00 01:00",
    "2026-11-20T08:30:00−01:00",
    "2026-02-30T08:30:00Z",
    "2026-02-30T08:30:00+01:00",
    "2026-11-20t08:30:00z",
    "2026-11-20T08:30:00.Z",
    "2026-11-20T08:30:00.1234567890Z",
    "2026-11-20T08:30:00Z\n",
    "0000-12-31T08:30:00Z",
    "0001-01-01T00:00:00+23:59",
    "0001-06-01T00:00:00.123456789-00:00",
    "9999-12-31T23:59:59-00:01",
    "9999-12-31T23:59:59.999999999+00:00",
  ])("refuses %j", (text) => expect(matches("date-time", text)).toBe(false));

  it("agrees with the calendar and the clock of the language", () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((value) => pad(value, 2));
    const text = fc
      .tuple(
        fc.integer({ min: 2, max: 9998 }),
        part(13),
        part(32),
        part(24),
        part(60),
        fc.constantFrom("+", "-"),
      )
      .map(([year, month, day, hours, minutes, sign]) => ({
        isReal: isRealDate(year, Number(month), Number(day)) && Number(hours) < 24 && Number(minutes) < 60,
        text: `${pad(year, 4)}-${month}-${day}T${hours}:${minutes}:00${sign}${hours}:${minutes}`,
      }));
    fc.assert(
      fc.property(text, (one) => matches("date-time", one.text) === one.isReal),
      { numRuns: 20_000 },
    );
  });
});

describe("uri-reference", () => {
  it.each(["", "/a/b?c=d#e", "https://example.com/a%20b", "../x"])("admits %j", (text) =>
    expect(matches("uri-reference", text)).toBe(true),
  );

  it.each(["a b", "a%2", "<a>", "a\n", "ü"])("refuses %j", (text) =>
    expect(matches("uri-reference", text)).toBe(false),
  );
});
