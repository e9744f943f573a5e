import { ticksOfChecked } from "../runtime/calendar.ts";
import { NO_DATE, parseDateTime, parseDateTimeOffset } from "../runtime/convert.ts";
import { DateTime, DateTimeOffset, type DateKind } from "../runtime/date-time.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { DATE_TIME_KIND } from "../runtime/enumerations.ts";
import { currentContext } from "../runtime/evaluation.ts";
import { raiseFormat, raiseOutOfRange } from "../runtime/thrown.ts";
import { TICKS, TimeSpan } from "../runtime/time-span.ts";
import { defineType, type Cell } from "../types/type-definition.ts";
import { dateMembers } from "./date-members.ts";

const KINDS: readonly DateKind[] = ["unspecified", "utc", "local"];

const dateTimeType = defineType("struct System.DateTime", {
  holds: (value) => value instanceof DateTime,
  constructors: {
    "(long ticks)": (ticks: bigint) => new DateTime(ticks, "unspecified"),
    "(long ticks, DateTimeKind kind)": (ticks: bigint, kind: EnumValue) => new DateTime(ticks, kindOf(kind)),
    "(int year, int month, int day)": (year: number, month: number, day: number) =>
      build(year, month, day, 0, 0, 0),
    "(int year, int month, int day, int hour, int minute, int second)": build,
    "(int year, int month, int day, int hour, int minute, int second, DateTimeKind kind)": (
      ...[year, month, day, hour, minute, second, kind]: [
        number,
        number,
        number,
        number,
        number,
        number,
        EnumValue,
      ]
    ) => new DateTime(build(year, month, day, hour, minute, second).ticks, kindOf(kind)),
  },
  instance: {
    ...dateMembers("DateTime"),
    "DateTime Date": (self: DateTime) => self.add(-(self.ticks % TICKS.day)),
    "DateTimeKind Kind": (self: DateTime) => DATE_TIME_KIND.of(KINDS.indexOf(self.kind)),
    "TimeSpan Subtract(DateTime other)": (self: DateTime, other: DateTime) =>
      new TimeSpan(self.ticks - other.ticks),
    "DateTime ToUniversalTime()": (self: DateTime) => new DateTime(self.ticks, "utc"),
    "DateTime ToLocalTime()": (self: DateTime) => new DateTime(self.ticks, "local"),
    "string ToShortDateString()": (self: DateTime) => self.format("d"),
    "string ToLongDateString()": (self: DateTime) => self.format("D"),
    "string ToShortTimeString()": (self: DateTime) => self.format("t"),
    "string ToLongTimeString()": (self: DateTime) => self.format("T"),
  },
  statics: {
    "DateTime UtcNow": () => DateTime.from(currentContext().now()),
    "DateTime Now": () => DateTime.from(currentContext().now(), "local"),
    "DateTime Today": () => today(),
    "DateTime MinValue": () => DateTime.MINIMUM,
    "DateTime MaxValue": () => DateTime.MAXIMUM,
    "DateTime Parse(string text)": (text: string) => parseDateTime(text) ?? raiseFormat(NO_DATE),
    "bool TryParse(string? text, out DateTime result)": (text: string | null, result: Cell) => {
      const parsed = text === null ? null : parseDateTime(text);
      result.value = parsed ?? DateTime.MINIMUM;
      return parsed !== null;
    },
    "DateTime SpecifyKind(DateTime value, DateTimeKind kind)": (value: DateTime, kind: EnumValue) =>
      new DateTime(value.ticks, kindOf(kind)),
    "int DaysInMonth(int year, int month)": (year: number, month: number) =>
      [31, 30, 29, 28].find((day) => ticksOfChecked({ year, month, day }) !== null) ??
      raiseOutOfRange("month", "Month must be between one and twelve."),
    "bool IsLeapYear(int year)": (year: number) => ticksOfChecked({ year, month: 2, day: 29 }) !== null,
    "int Compare(DateTime a, DateTime b)": (a: DateTime, b: DateTime) => a.compare(b) ?? 0,
  },
});

const dateTimeOffsetType = defineType("struct System.DateTimeOffset", {
  holds: (value) => value instanceof DateTimeOffset,
  constructors: {
    "(DateTime time)": (time: DateTime) => new DateTimeOffset(time.ticks, 0),
    "(DateTime time, TimeSpan offset)": (time: DateTime, offset: TimeSpan) =>
      new DateTimeOffset(time.ticks, minutesOf(offset)),
    "(long ticks, TimeSpan offset)": (ticks: bigint, offset: TimeSpan) =>
      new DateTimeOffset(ticks, minutesOf(offset)),
    "(int year, int month, int day, int hour, int minute, int second, TimeSpan offset)": (
      ...[year, month, day, hour, minute, second, offset]: [
        number,
        number,
        number,
        number,
        number,
        number,
        TimeSpan,
      ]
    ) => new DateTimeOffset(build(year, month, day, hour, minute, second).ticks, minutesOf(offset)),
  },
  instance: {
    ...dateMembers("DateTimeOffset"),
    "DateTime Date": (self: DateTimeOffset) =>
      new DateTime(self.ticks - (self.ticks % TICKS.day), "unspecified"),
    "DateTime DateTime": (self: DateTimeOffset) => new DateTime(self.ticks, "unspecified"),
    "DateTime UtcDateTime": (self: DateTimeOffset) => new DateTime(self.utcTicks, "utc"),
    "DateTime LocalDateTime": (self: DateTimeOffset) => new DateTime(self.utcTicks, "local"),
    "long UtcTicks": (self: DateTimeOffset) => self.utcTicks,
    "TimeSpan Offset": (self: DateTimeOffset) => new TimeSpan(BigInt(self.offsetMinutes) * TICKS.minute),
    "TimeSpan Subtract(DateTimeOffset other)": (self: DateTimeOffset, other: DateTimeOffset) =>
      new TimeSpan(self.utcTicks - other.utcTicks),
    "DateTimeOffset ToUniversalTime()": (self: DateTimeOffset) => self.toOffset(0),
    "DateTimeOffset ToLocalTime()": (self: DateTimeOffset) => self.toOffset(0),
    "DateTimeOffset ToOffset(TimeSpan offset)": (self: DateTimeOffset, offset: TimeSpan) =>
      self.toOffset(minutesOf(offset)),
    "long ToUnixTimeSeconds()": (self: DateTimeOffset) => floorDivide(self.unixTicks, TICKS.second),
    "long ToUnixTimeMilliseconds()": (self: DateTimeOffset) => floorDivide(self.unixTicks, TICKS.millisecond),
  },
  statics: {
    "DateTimeOffset UtcNow": () => now(),
    "DateTimeOffset Now": () => now(),
    "DateTimeOffset MinValue": () => new DateTimeOffset(0n, 0),
    "DateTimeOffset MaxValue": () => new DateTimeOffset(DateTime.MAXIMUM.ticks, 0),
    "DateTimeOffset FromUnixTimeSeconds(long seconds)": (seconds: bigint) =>
      DateTimeOffset.fromUnix(seconds * TICKS.second),
    "DateTimeOffset FromUnixTimeMilliseconds(long milliseconds)": (milliseconds: bigint) =>
      DateTimeOffset.fromUnix(milliseconds * TICKS.millisecond),
    "DateTimeOffset Parse(string text)": (text: string) => parseDateTimeOffset(text) ?? raiseFormat(NO_DATE),
    "bool TryParse(string? text, out DateTimeOffset result)": (text: string | null, result: Cell) => {
      const parsed = text === null ? null : parseDateTimeOffset(text);
      result.value = parsed ?? new DateTimeOffset(0n, 0);
      return parsed !== null;
    },
  },
});

/** DateTime and DateTimeOffset. */
export const DATE_TIME_TYPES = [dateTimeType, dateTimeOffsetType];

function build(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): DateTime {
  const ticks = ticksOfChecked({ year, month, day, hour, minute, second });
  if (ticks === null)
    return raiseOutOfRange("year", "Year, Month, and Day parameters describe an un-representable DateTime.");
  return new DateTime(ticks, "unspecified");
}

function kindOf(kind: EnumValue): DateKind {
  return KINDS[kind.value] ?? "unspecified";
}

function today(): DateTime {
  const current = DateTime.from(currentContext().now(), "local");
  return current.add(-(current.ticks % TICKS.day));
}

function now(): DateTimeOffset {
  return new DateTimeOffset(DateTime.from(currentContext().now()).ticks, 0);
}

function minutesOf(offset: TimeSpan): number {
  return Number(offset.ticks / TICKS.minute);
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
