import { setTimeout as wait } from "node:timers/promises";

/** Between two questions, in milliseconds: who is asked has work to do meanwhile. */
const PAUSE_MS = 5;

/**
 * Asks until the answer is true.
 * @returns false when it was not within the time
 */
export async function until(ask: () => Promise<boolean> | boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await ask()) return true;
    if (performance.now() > deadline) return false;
    await wait(PAUSE_MS);
  }
}
