import type { World } from "../parts/start-world.ts";
import type { FailpointKind, RegisterState } from "./kinds.ts";
import { killAll, reviveApp } from "./recover.ts";
import { openIntents, waitingEntries } from "./register.ts";
import type { Wave } from "./run-trial.ts";
import { until } from "./until.ts";

/** Makes what a trial needs: a record that waits in the outbox, or an access that nobody has closed and that is old enough. */
export async function prepareTrial({ needs }: FailpointKind, world: World, wave: Wave): Promise<void> {
  if (needs === "waiting-entry" && (await waitingEntries(world)) === 0) await makeWaitingEntry(world, wave);
  if (needs === "open-intent") await makeOldIntent(world, wave);
}

/**
 * Has the register dead, or such that the Patient app uses it: for a second after a failure the app does not even try. One
 * that has just begun does. A process that is ended while it does nothing is one more kill.
 */
export async function setRegister(world: World, register: RegisterState): Promise<void> {
  if (register === "down") await killAll(world, ["audit"]);
  if (register !== "up" || !world.registerWasAway) return;
  await killAll(world, ["patient"]);
  await reviveApp(world, "patient");
}

async function makeWaitingEntry(world: World, wave: Wave): Promise<void> {
  await killAll(world, ["audit"]);
  await wave(["searchPatients", "searchPatients", "getPatient"]);
  await reviveApp(world, "audit");
}

async function makeOldIntent(world: World, wave: Wave): Promise<void> {
  const open = await openIntents(world, "patient", new Date(Date.now() + 60_000));
  if (open?.length === 0) {
    await setRegister(world, "up");
    await world.apps.patient.arm("before-outcome", 1);
    await wave(["searchPatients", "updatePatient"]);
    await killAll(world, ["patient"]);
    await reviveApp(world, "patient");
  }
  const isOld = async () => {
    const old = await openIntents(world, "patient", new Date(Date.now() - world.interruptedAfterMs));
    return old !== undefined && old.length > 0;
  };
  await until(isOld, world.interruptedAfterMs * 3);
}
