/** The time, as the runtime sees it. Tests bring their own. */
export interface Clock {
  /** The moment in UTC. */
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

const EARLIEST_TIME_ZONE_MS = 14 * 60 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day that was told last, counted from 1970 in UTC+14: writing it down costs more than everything else here. */
let told = { day: Number.NaN, text: "" };

/**
 * The latest calendar day that it is anywhere on Earth (UTC+14), as `YYYY-MM-DD`: a person can be born "today" in
 * Kiritimati while it is still yesterday at the server.
 */
export function latestToday(clock: Clock): string {
  const day = Math.floor((clock.now().getTime() + EARLIEST_TIME_ZONE_MS) / DAY_MS);
  if (day !== told.day) told = { day, text: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return told.text;
}
