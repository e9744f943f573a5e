import { setTimeout as wait } from "node:timers/promises";
import { seededRandom } from "../../tamper/random.ts";
import type { Client } from "../client/client.ts";
import type { World } from "../parts/start-world.ts";
import type { FailpointKind, JobName, RandomKind, Victim } from "./kinds.ts";
import { isRandom, type Trial } from "./plan-trials.ts";
import { prepareTrial, setRegister } from "./prepare-trial.ts";
import { killAll, processOf, recover } from "./recover.ts";
import { openIntents } from "./register.ts";
import { until } from "./until.ts";
import { within } from "./within.ts";

/** Sends requests at once; resolves with their statuses when all are answered, or will not be. */
export type Wave = (operations?: Trial["requests"]) => Promise<readonly (number | undefined)[]>;

/** How often an app is brought to a failpoint, until it is said that it does not come by there. */
const WAVES = 4;
/** How long a job may take to come to a failpoint once the requests beside it are answered, in milliseconds. */
const JOB_MS = 500;
/** How long it may take until the death of a process is known, in milliseconds. */
const DEAD_MS = 50;
/** How long requests may take at the most, in milliseconds: the client gives up long before. */
const ANSWERED_MS = 30_000;

/**
 * Runs one trial. Afterwards everything runs again, and what the dead have left undone is still undone.
 * @returns whether somebody died as it was planned
 */
export async function runTrial(world: World, client: Client, trial: Trial): Promise<boolean> {
  const random = seededRandom(trial.number);
  const wave: Wave = (operations = trial.requests) =>
    within(ANSWERED_MS, "a wave of requests", client.send(trial.number, operations, random));
  await populate(client, wave);
  if (!isRandom(trial.kind)) await prepareTrial(trial.kind, world, wave);
  await setRegister(world, trial.register);
  const killed = isRandom(trial.kind)
    ? await killAtMoment(trial.kind, trial, world, wave)
    : await killAtFailpoint(trial.kind, trial, world, wave);
  await recover(world);
  await renewThoseAway(victimsOf(trial.kind), world, wave);
  return killed;
}

function victimsOf(kind: Trial["kind"]): readonly Victim[] {
  return isRandom(kind) ? kind.victims : [kind.victim ?? kind.app];
}

/**
 * The driver may take half a minute to find a database that was away. Nobody waits for that here: an app that does not find it
 * soon is ended, too.
 */
async function renewThoseAway(victims: readonly Victim[], world: World, wave: Wave): Promise<void> {
  for (const [database, name, operation] of PROBES) {
    const { isAlive } = world.apps[name];
    if (!victims.includes(database) || !isAlive) continue;
    const serves = async () => (await wave([operation])).includes(404);
    if (await until(serves, FOUND_MS)) continue;
    await killAll(world, [name]);
    await recover(world);
  }
}

const PROBES = [
  ["patient-database", "patient", "getPatient:unknown"],
  ["audit-database", "audit", "getAuditRecord:unknown"],
] as const;
/** In milliseconds. */
const FOUND_MS = 1_000;

async function populate({ population }: Client, wave: Wave): Promise<void> {
  if (population.patients < 4)
    await wave(["createPatient", "createPatient", "createPatient", "createPatient"]);
  if (population.tests < 3) await wave(["createTest", "createTest", "createTest"]);
}

async function killAtMoment(kind: RandomKind, trial: Trial, world: World, wave: Wave): Promise<boolean> {
  const sent = stimulate(trial, world, wave);
  await wait(trial.afterMs);
  await killAll(world, kind.victims);
  // Whoever waits for a database that is away would wait long.
  await recover(world);
  await sent;
  return true;
}

async function killAtFailpoint(
  kind: FailpointKind,
  trial: Trial,
  world: World,
  wave: Wave,
): Promise<boolean> {
  const { failpoint, app, victim = app } = kind;
  const target = processOf(world, victim);
  const isDead = (): boolean => !target.isAlive;
  for (let waves = 0; waves < WAVES && !isDead(); waves++) {
    // It was not reached: perhaps the register was too slow once, and is not asked for a while.
    if (waves > 0) await renewPatient(world, kind);
    await world.apps[app].arm(
      failpoint,
      waves === 0 ? trial.pass : 1,
      victim === app ? undefined : target.pid,
    );
    const sent = stimulate(trial, world, wave);
    if (victim === app) await sent;
    else await Promise.race([sent, until(isDead, JOB_MS)]);
    // What was recorded is written for queries a little later, unless somebody asks.
    if (failpoint === "before-projection") await openIntents(world, "patient", new Date());
    if (kind.job !== undefined) await until(isDead, JOB_MS);
    if (victim === app) continue;
    // The kernel knows it before we do.
    const killed = await until(isDead, DEAD_MS);
    // Whoever waits for a database that is away would wait long.
    await recover(world);
    await sent;
    if (killed) return true;
  }
  const { process } = world.apps[app];
  if (process.isAlive) await world.apps[app].disarm();
  else await process.closed;
  return isDead() && process.hasKilled;
}

async function renewPatient(world: World, { register }: FailpointKind): Promise<void> {
  if (register !== "up") return;
  world.registerWasAway = true;
  await setRegister(world, register);
}

async function stimulate({ jobs }: Trial, world: World, wave: Wave): Promise<void> {
  await Promise.all([wave(), ...jobs.map((job) => runJob(world, job))]);
}

function runJob({ apps }: World, job: JobName): Promise<void> {
  return apps[job === "audit-relay" || job === "audit-reconciler" ? "patient" : "audit"].runJob(job);
}
