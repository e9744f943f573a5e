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
        const isReal = month >= 1 && month <= 12 && isRealDate(year, month, day);
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

  it.each(["1984", "1984-05", "0000", "9999-12"])("admits %s", (text) =>
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
    "1984-05-17T00:00",
  ])("refuses %j", (text) => expect(matches("partial-date", text)).toBe(false));
});

describe("date-time", () => {
  it.each(["2026-11-20T08:30:00Z", "2026-11-20T23:59:59.000Z", "2024-02-29T00:00:00.123456789Z"])(
    "admits %s",
    (text) => expect(matches("date-time", text)).toBe(true),
  );

  it.each([
    "2026-11-20",
    "2026-11-20T24:00:00Z",
    "2026-11-20T08:60:00Z",
    "2026-11-20T08:30:00",
    "2026-11-20T08:30:00+01:00",
    "2026-02-30T08:30:00Z",
    "2026-11-20t08:30:00z",
    "2026-11-20T08:30:00.Z",
  ])("refuses %s", (text) => expect(matches("date-time", text)).toBe(false));
});

describe("uri-reference", () => {
  it.each(["", "/a/b?c=d#e", "https://example.com/a%20b", "../x"])("admits %j", (text) =>
    expect(matches("uri-reference", text)).toBe(true),
  );

  it.each(["a b", "a%2", "<a>", "a\n", "ü"])("refuses %j", (text) =>
    expect(matches("uri-reference", text)).toBe(false),
  );
});
