import { double, toNumber } from "../runtime/number.ts";
import { raise, raiseFormat } from "../runtime/thrown.ts";
import { TICKS, TimeSpan } from "../runtime/time-span.ts";
import { defineType, type Cell, type MemberTable } from "../types/type-definition.ts";

const UNITS = {
  Days: { ticks: TICKS.day, modulus: 1n << 40n },
  Hours: { ticks: TICKS.hour, modulus: 24n },
  Minutes: { ticks: TICKS.minute, modulus: 60n },
  Seconds: { ticks: TICKS.second, modulus: 60n },
  Milliseconds: { ticks: TICKS.millisecond, modulus: 1000n },
} as const;

/** `System.TimeSpan`. */
export const TIME_SPAN_TYPE = defineType("struct System.TimeSpan", {
  holds: (value) => value instanceof TimeSpan,
  constructors: {
    "(long ticks)": (ticks: bigint) => new TimeSpan(ticks),
    "(int hours, int minutes, int seconds)": (hours: number, minutes: number, seconds: number) =>
      span(0, hours, minutes, seconds, 0),
    "(int days, int hours, int minutes, int seconds)": (
      days: number,
      hours: number,
      minutes: number,
      seconds: number,
    ) => span(days, hours, minutes, seconds, 0),
    "(int days, int hours, int minutes, int seconds, int milliseconds)": span,
  },
  instance: {
    ...parts(),
    "long Ticks": (self: TimeSpan) => self.ticks,
    "TimeSpan Add(TimeSpan other)": (self: TimeSpan, other: TimeSpan) =>
      new TimeSpan(self.ticks + other.ticks),
    "TimeSpan Subtract(TimeSpan other)": (self: TimeSpan, other: TimeSpan) =>
      new TimeSpan(self.ticks - other.ticks),
    "TimeSpan Negate()": (self: TimeSpan) => new TimeSpan(-self.ticks),
    "TimeSpan Duration()": (self: TimeSpan) => (self.ticks < 0n ? new TimeSpan(-self.ticks) : self),
    "int CompareTo(TimeSpan other)": (self: TimeSpan, other: TimeSpan) =>
      Number(self.ticks > other.ticks) - Number(self.ticks < other.ticks),
    "string ToString(string? format)": (self: TimeSpan, format: string | null) => self.format(format ?? ""),
  },
  statics: {
    ...factories(),
    "TimeSpan FromTicks(long ticks)": (ticks: bigint) => new TimeSpan(ticks),
    "TimeSpan Zero": () => new TimeSpan(0n),
    "TimeSpan MaxValue": () => new TimeSpan((1n << 63n) - 1n),
    "TimeSpan MinValue": () => new TimeSpan(-(1n << 63n)),
    "long TicksPerSecond": () => TICKS.second,
    "long TicksPerMillisecond": () => TICKS.millisecond,
    "TimeSpan Parse(string text)": (text: string) =>
      TimeSpan.parse(text) ?? raiseFormat("String was not recognized as a valid TimeSpan."),
    "bool TryParse(string? text, out TimeSpan result)": (text: string | null, result: Cell) => {
      const parsed = text === null ? null : TimeSpan.parse(text);
      result.value = parsed ?? new TimeSpan(0n);
      return parsed !== null;
    },
  },
});

function span(days: number, hours: number, minutes: number, seconds: number, milliseconds: number): TimeSpan {
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  if (!Number.isSafeInteger(total))
    raise("ArgumentOutOfRangeException", "TimeSpan overflowed because the duration is too long.");
  return new TimeSpan(BigInt(total) * TICKS.second + BigInt(milliseconds) * TICKS.millisecond);
}

function parts(): MemberTable {
  return Object.fromEntries(
    Object.entries(UNITS).flatMap(([name, { ticks, modulus }]) =>
      Object.entries({
        [`int ${name}`]: (self: TimeSpan) => self.part(ticks, modulus),
        [`double Total${name}`]: (self: TimeSpan) => double(self.total(ticks)),
      }),
    ),
  );
}

function factories(): MemberTable {
  return Object.fromEntries(
    Object.entries(UNITS).map(([name, { ticks }]) => [
      `TimeSpan From${name}(double value)`,
      (value: unknown) => TimeSpan.of(toNumber(value), ticks),
    ]),
  );
}
