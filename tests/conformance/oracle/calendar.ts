/** A day of the proleptic Gregorian calendar. Months and days count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Whether the calendar has the day: asked of the clock's own arithmetic, which carries 30 February over into March. */
export function isRealDay({ year, month, day }: Day): boolean {
  const at = midnightOf({ year, month, day });
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/** The first moment of a day in UTC. */
export function midnightOf({ year, month, day }: Day): Date {
  const at = new Date(0);
  // `Date.UTC` would take the years 0 to 99 for those of the twentieth century.
  at.setUTCFullYear(year, month - 1, day);
  return at;
}

const EARLIEST_TIME_ZONE_MS = 14 * 60 * 60 * 1000;

/** The day that it is where a day begins first on Earth (UTC+14), `YYYY-MM-DD`. */
export function todayAnywhere(now: Date): string {
  return textOf(new Date(now.getTime() + EARLIEST_TIME_ZONE_MS));
}

/** The day so many days after another, both `YYYY-MM-DD`. */
export function daysAfter(day: string, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const at = midnightOf({ year, month, day: date });
  at.setUTCDate(at.getUTCDate() + count);
  return textOf(at);
}

function textOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
