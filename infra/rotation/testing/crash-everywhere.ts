import type { Rotated, Rotation } from "../step.ts";

/** A process that ended at a step. */
class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * Rotates, killed at the given step, and then by runs that are not, until one is through.
 * @param at counted from 0; a rotation that has fewer steps is not killed
 * @returns the steps of all runs, and whether it was killed
 */
export async function killedAt(
  at: number,
  rotation: Rotation,
  between: () => void = () => undefined,
): Promise<{ readonly steps: readonly string[]; readonly killed: boolean; readonly last: Rotated }> {
  const steps: string[] = [];
  let killed = false;
  const tell = (step: string): void => {
    if (!killed && steps.length === at) {
      killed = true;
      throw new Killed(step);
    }
    steps.push(step);
  };
  const run = () =>
    rotation.rotate(tell).catch((error: unknown) => {
      if (error instanceof Killed) return undefined;
      throw error;
    });
  let last = await run();
  for (let runs = 0; !last?.done; runs++) {
    if (runs > 5) throw new Error("The rotation does not come to its end.");
    between();
    last = await run();
  }
  return { steps, killed, last };
}
