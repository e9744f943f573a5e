import type { Db } from "mongodb";

/** Work that an app does by itself, at times, in one process at a time. Doing it twice does no harm. */
export interface Job {
  /** In lower case with dashes: the name of its function and of its lease. */
  readonly name: string;
  /** When it is done: an NCRONTAB expression of six fields, in UTC. */
  readonly schedule: string;
  /** For how long one run may keep others from running, in milliseconds; past it `signal` is aborted. */
  readonly forMs: number;
  /** @returns what is worth a line of the log: counts, or nothing */
  readonly run: (db: Db, signal: AbortSignal) => Promise<Readonly<Record<string, number>>>;
}

/** A job as the host runs it: it never rejects. */
export interface ScheduledJob {
  readonly name: string;
  readonly schedule: string;
  readonly run: () => Promise<void>;
}
