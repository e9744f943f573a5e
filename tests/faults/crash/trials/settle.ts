import type { AppName, World } from "../parts/start-world.ts";
import type { JobName } from "./kinds.ts";
import { setRegister } from "./prepare-trial.ts";
import { openIntents, waitingEntries } from "./register.ts";
import { until } from "./until.ts";

/** Between two runs of a job, in milliseconds. */
const RUN_EVERY_MS = 150;
/** How long everything may take beyond the age that an intent must have, in milliseconds. */
const SETTLED_MS = 10_000;

/**
 * Has relay, reconciler, catch-up and checkpoint do what is left to do, as often as it takes, or until it takes too long: what
 * is left all the same is for the check to find.
 */
export async function settle(world: World): Promise<void> {
  await setRegister(world, "up");
  const isClosed = async (service: AppName) =>
    (await openIntents(world, service, new Date(Date.now() + 60_000)))?.length === 0;
  const isDone = async () =>
    (await isClosed("patient")) && (await isClosed("audit")) && (await waitingEntries(world)) === 0;
  await repeat(CLOSING, world, isDone, world.interruptedAfterMs + SETTLED_MS);
  await makeCheckpoint(world);
}

type Jobs = readonly (readonly [app: AppName, job: JobName])[];

const CLOSING: Jobs = [
  ["patient", "audit-relay"],
  ["patient", "audit-reconciler"],
  ["audit", "audit-reconciler"],
];
const PUBLISHING: Jobs = [
  ["audit", "audit-checkpoint"],
  ["audit", "audit-catch-up"],
];

/** A checkpoint that has seen everything, and is published. */
async function makeCheckpoint(world: World): Promise<void> {
  const checkpoints = world.databases.audit.db.collection<{ _id: number; published: boolean }>("checkpoints");
  const last = await checkpoints.findOne({}, { sort: { _id: -1 } });
  // One that is under way may have looked before the last record was there; the one after it has not.
  const wanted = (last?._id ?? -1) + 2;
  const isMade = async () => (await checkpoints.findOne({ _id: wanted }))?.published === true;
  await repeat(PUBLISHING, world, isMade, SETTLED_MS);
}

async function repeat(
  jobs: Jobs,
  { apps }: World,
  isDone: () => Promise<boolean>,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    for (const [app, job] of jobs) await apps[app].runJob(job);
    if (await until(isDone, RUN_EVERY_MS)) return;
  }
}
