import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { nameOfError } from "../telemetry/log.ts";
import type { Log } from "../telemetry/log.ts";
import type { Job } from "./job.ts";
import { lease } from "./lease.ts";

export interface JobServices {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this run. */
  readonly owner: string;
}

/**
 * Runs a job once, when no other run is at it, in this process or another. A failure is a line of the log: the next time is near, and there is nobody
 * to answer to.
 */
export async function runJob(job: Job, { database, clock, log, owner }: JobServices): Promise<void> {
  try {
    const db = await database.connected();
    const own = lease({ db, name: job.name, owner, forMs: job.forMs, clock });
    if (!(await own.take())) return;
    try {
      const counts = await job.run(db, AbortSignal.timeout(job.forMs));
      if (Object.values(counts).some((count) => count > 0))
        log("info", "job-done", { job: job.name, ...counts });
    } finally {
      await own.release();
    }
  } catch (error) {
    log("error", "job-failed", { job: job.name, cause: nameOfError(error) });
  }
}
