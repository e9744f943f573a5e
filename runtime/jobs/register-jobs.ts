import { app } from "@azure/functions";
import type { ScheduledJob } from "./job.ts";

/** Registers each job as a timer function (https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer). */
export function registerJobs(jobs: readonly ScheduledJob[]): void {
  for (const { name, schedule, run } of jobs) app.timer(name, { schedule, handler: run });
}
