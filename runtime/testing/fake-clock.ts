import type { Clock } from "../clock.ts";

/** A clock that stands until it is moved. */
export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
}

/** @param start a moment in ISO 8601 */
export function fakeClock(start = "2026-11-20T08:30:00.000Z"): FakeClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (milliseconds) => (time += milliseconds),
  };
}
