import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { nameOfError } from "../telemetry/log.ts";
import { inSpan } from "../telemetry/current-span.ts";
import type { Log } from "../telemetry/log.ts";
import type { Tracer } from "../telemetry/tracer.ts";
import type { Job } from "./job.ts";
import { lease } from "./lease.ts";

export interface JobServices {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
  /** Names this run. */
  readonly owner: string;
}

/**
 * Runs a job once, when no other run is at it, in this process or another. A failure is a line of the log: the next time is near, and there is nobody
 * to answer to. A run is a trace of its own, which is recorded when there was something to do.
 */
export async function runJob(job: Job, services: JobServices): Promise<void> {
  const { log, tracer } = services;
  const { span, end } = tracer.job(job.name);
  const hasDone = await inSpan(span, () =>
    run(job, services).catch((error: unknown) => {
      log("error", "job-failed", { job: job.name, cause: nameOfError(error) });
      span.fail(error);
      return true;
    }),
  );
  end(hasDone);
}

/** @returns whether there was something to do */
async function run(job: Job, { database, clock, log, owner }: JobServices): Promise<boolean> {
  const db = await database.connected();
  const own = lease({ db, name: job.name, owner, forMs: job.forMs, clock });
  if (!(await own.take())) return false;
  try {
    const counts = await job.run(db, AbortSignal.timeout(job.forMs));
    const hasDone = Object.values(counts).some((count) => count > 0);
    if (hasDone) log("info", "job-done", { job: job.name, ...counts });
    return hasDone;
  } finally {
    await own.release();
  }
}
