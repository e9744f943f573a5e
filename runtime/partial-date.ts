/** A span of days, both ends included, each `YYYY-MM-DD`. */
export interface DayInterval {
  readonly from: string;
  readonly to: string;
}

/**
 * The days that a partial date may stand for.
 * @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of the proleptic Gregorian calendar
 */
export function daysOf(date: string): DayInterval {
  if (date.length === 4) return { from: `${date}-01-01`, to: `${date}-12-31` };
  if (date.length === 7) return { from: `${date}-01`, to: `${date}-${lastDayOf(date)}` };
  return { from: date, to: date };
}

function lastDayOf(yearAndMonth: string): string {
  const day = new Date(`${yearAndMonth}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + 1, 0);
  return String(day.getUTCDate());
}
