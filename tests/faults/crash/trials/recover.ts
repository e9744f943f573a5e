import type { AppSlot } from "../parts/app-slot.ts";
import type { DatabaseSlot } from "../parts/database-slot.ts";
import type { AppName, World } from "../parts/start-world.ts";
import type { Victim } from "./kinds.ts";
import { within } from "./within.ts";

/** In milliseconds, on a machine that has a lot to do. */
const STARTED_MS = 20_000;

const NAMES: readonly AppName[] = ["audit", "patient"];

/** The process that a trial may kill. */
export function processOf({ apps, databases }: World, victim: Victim): AppSlot | DatabaseSlot {
  if (victim === "patient" || victim === "audit") return apps[victim];
  return databases[victim === "patient-database" ? "patient" : "audit"];
}

/** Kills processes at once, as far as one process can. */
export async function killAll(world: World, victims: readonly Victim[]): Promise<void> {
  if (victims.includes("audit") || victims.includes("audit-database")) world.registerWasAway = true;
  await Promise.all(victims.map((victim) => processOf(world, victim).kill()));
}

/** Starts again what has ended, the databases first. */
export async function recover(world: World): Promise<void> {
  const { apps, databases } = world;
  if (!apps.audit.isAlive || !databases.audit.isAlive) world.registerWasAway = true;
  const dead = NAMES.filter((name) => !databases[name].isAlive);
  await Promise.all(
    dead.map((name) => within(STARTED_MS, `the start of database ${name}`, databases[name].start())),
  );
  for (const name of NAMES) if (!apps[name].isAlive) await reviveApp(world, name);
}

/**
 * Puts the next process in the place of one that has ended. The lease of its job ends with it: nobody waits for thirty
 * seconds here.
 */
export async function reviveApp(world: World, name: AppName): Promise<void> {
  const { apps, databases } = world;
  await within(STARTED_MS, `the end of app ${name}`, apps[name].process.closed);
  const leases = databases[name].db.collection("leases");
  await within(STARTED_MS, `the end of the leases of ${name}`, leases.deleteMany({}));
  await within(STARTED_MS, `the start of app ${name}`, apps[name].revive());
  if (name === "patient") world.registerWasAway = false;
}
