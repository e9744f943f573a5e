import { TICKS } from "./time-span.ts";

/** The parts of a clock reading; `fraction` is in ticks, `weekday` counts from Sunday. */
export interface Calendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: number;
  readonly weekday: number;
  readonly dayOfYear: number;
}

const UNIX_EPOCH_DAY = 719_162;

/** Splits ticks since 0001-01-01 into calendar parts (proleptic Gregorian, as .NET). */
export function calendarOf(ticks: bigint): Calendar {
  const days = Number(ticks / TICKS.day);
  const rest = Number(ticks % TICKS.day);
  const date = new Date((days - UNIX_EPOCH_DAY) * 86_400_000);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.floor(rest / Number(TICKS.hour)),
    minute: Math.floor(rest / Number(TICKS.minute)) % 60,
    second: Math.floor(rest / Number(TICKS.second)) % 60,
    fraction: rest % Number(TICKS.second),
    weekday: date.getUTCDay(),
    dayOfYear: days - dayNumber(year, 1, 1) + 1,
  };
}

/** The ticks of a calendar reading; null when there is no such day or time. */
export function ticksOfChecked(
  parts: Partial<Calendar> & { year: number; month: number; day: number },
): bigint | null {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59)
    return null;
  if (hour < 0 || minute < 0 || second < 0) return null;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (day < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return ticksOf(parts);
}

/** The ticks of a calendar reading that is known to exist. */
export function ticksOf(parts: Partial<Calendar> & { year: number; month: number; day: number }): bigint {
  const { year, month, day, hour = 0, minute = 0, second = 0, fraction = 0 } = parts;
  const seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * TICKS.second + BigInt(fraction);
}

function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86_400_000 + UNIX_EPOCH_DAY;
}
