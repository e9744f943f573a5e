import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { daysOf } from "./partial-date.ts";

const DAYS = ["31", "28", "31", "30", "31", "30", "31", "31", "30", "31", "30", "31"];

describe("daysOf", () => {
  it("is a year, a month or a day", () => {
    expect(daysOf("1984")).toEqual({ from: "1984-01-01", to: "1984-12-31" });
    expect(daysOf("1984-05")).toEqual({ from: "1984-05-01", to: "1984-05-31" });
    expect(daysOf("1984-05-17")).toEqual({ from: "1984-05-17", to: "1984-05-17" });
  });

  it.each(DAYS.map((days, index) => [String(index + 1).padStart(2, "0"), days]))(
    "knows the last day of month %s",
    (month, days) => {
      expect(daysOf(`2023-${month}`)).toEqual({ from: `2023-${month}-01`, to: `2023-${month}-${days}` });
    },
  );

  it.each([
    ["2024", "29"],
    ["2023", "28"],
    ["2000", "29"],
    ["1900", "28"],
    ["2100", "28"],
    ["1600", "29"],
    ["0004", "29"],
    ["0099", "28"],
    ["0000", "29"],
  ])("knows the last of February %s", (year, day) => {
    expect(daysOf(`${year}-02`).to).toBe(`${year}-02-${day}`);
  });

  it("holds every day of its month, and the month is within its year", () => {
    const date = fc.date({ min: new Date("0000-01-01Z"), max: new Date("9999-12-31Z"), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        const day = moment.toISOString().slice(0, 10);
        const [month, year] = [daysOf(day.slice(0, 7)), daysOf(day.slice(0, 4))];
        expect(month.from <= day && day <= month.to).toBe(true);
        expect(year.from <= month.from && month.to <= year.to).toBe(true);
        const next = new Date(`${month.to}T00:00:00Z`).getTime() + 86_400_000;
        expect(new Date(next).getUTCDate()).toBe(1);
      }),
    );
  });
});
