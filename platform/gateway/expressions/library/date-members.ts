import type { Calendar } from "../runtime/calendar.ts";
import type { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { DAY_OF_WEEK } from "../runtime/enumerations.ts";
import { toNumber } from "../runtime/number.ts";
import { TICKS, TimeSpan } from "../runtime/time-span.ts";
import type { MemberTable } from "../types/type-definition.ts";

type Moment = DateTime | DateTimeOffset;

const PARTS: Readonly<Record<string, (calendar: Calendar) => number>> = {
  Year: ({ year }) => year,
  Month: ({ month }) => month,
  Day: ({ day }) => day,
  Hour: ({ hour }) => hour,
  Minute: ({ minute }) => minute,
  Second: ({ second }) => second,
  Millisecond: ({ fraction }) => Math.floor(fraction / 10_000),
  DayOfYear: ({ dayOfYear }) => dayOfYear,
};
const UNITS = {
  Days: TICKS.day,
  Hours: TICKS.hour,
  Minutes: TICKS.minute,
  Seconds: TICKS.second,
  Milliseconds: TICKS.millisecond,
} as const;

/** Members that DateTime and DateTimeOffset share; `type` is the name of the one. */
export function dateMembers(type: "DateTime" | "DateTimeOffset"): MemberTable {
  return {
    ...parts(),
    ...additions(type),
    "long Ticks": (self: Moment) => self.ticks,
    "TimeSpan TimeOfDay": (self: Moment) => new TimeSpan(self.ticks % TICKS.day),
    "DayOfWeek DayOfWeek": (self: Moment) => DAY_OF_WEEK.of(self.calendar.weekday),
    [`${type} Add(TimeSpan span)`]: (self: Moment, span: TimeSpan) => self.add(span.ticks),
    [`${type} Subtract(TimeSpan span)`]: (self: Moment, span: TimeSpan) => self.add(-span.ticks),
    [`${type} AddTicks(long ticks)`]: (self: Moment, ticks: bigint) => self.add(ticks),
    [`${type} AddMonths(int months)`]: (self: Moment, months: number) => self.addMonths(months),
    [`${type} AddYears(int years)`]: (self: Moment, years: number) => self.addMonths(years * 12),
    [`int CompareTo(${type} other)`]: (self: Moment, other: Moment) => self.compare(other) ?? 0,
    "string ToString(string? format)": (self: Moment, format: string | null) =>
      format === null || format === "" ? self.text() : self.format(format),
  };
}

function parts(): MemberTable {
  return Object.fromEntries(
    Object.entries(PARTS).map(([name, read]) => [`int ${name}`, (self: Moment) => read(self.calendar)]),
  );
}

function additions(type: string): MemberTable {
  return Object.fromEntries(
    Object.entries(UNITS).map(([name, unit]) => [
      `${type} Add${name}(double value)`,
      (self: Moment, value: unknown) => self.add(TimeSpan.of(toNumber(value), unit).ticks),
    ]),
  );
}
