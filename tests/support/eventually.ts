import { setImmediate as turn } from "node:timers/promises";

const MAX_TRIES = 100_000;
const DEADLINE_MS = 20_000;

/**
 * Asks again and again until the answer is truthy, without sleeping: each question takes its own time.
 * @throws when the answer is still not there after many tries
 */
export async function eventually<T>(ask: () => Promise<T | null | false>): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (let tries = 0; tries < MAX_TRIES && performance.now() < deadline; tries++) {
    const answer = await ask();
    if (answer) return answer;
    await turn();
  }
  throw new Error("It did not happen.");
}
