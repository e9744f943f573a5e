import { setTimeout as wait } from "node:timers/promises";

/** Cosmos DB's code for "too many requests". Its delay is only in the text of the error. */
const THROTTLED = 16500;
const DEFAULT_DELAY_MS = 50;

export interface ThrottlingOptions {
  /** Milliseconds after which no further try starts. */
  readonly deadlineMs: number;
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly elapsed?: () => number;
}

/** How many retries all requests of the process may be making at once: under sustained throttling most fail fast. */
const RETRY_BUDGET = 64;
let retrying = 0;

/**
 * Runs a database operation again when the database throttles it: after the delay that the server asks for, with jitter,
 * within a deadline and a budget of the process (`Error=16500, RetryAfterMs=8`, Azure Cosmos DB for MongoDB).
 * @throws the operation's last error
 */
export async function withThrottling<T>(operation: () => Promise<T>, options: ThrottlingOptions): Promise<T> {
  const { deadlineMs, random = Math.random, sleep = wait } = options;
  const start = performance.now();
  const elapsed = options.elapsed ?? (() => performance.now() - start);
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      const delay = throttlingDelay(error);
      if (delay === null || retrying >= RETRY_BUDGET) throw error;
      const jittered = delay * (1 + random());
      if (elapsed() + jittered > deadlineMs) throw error;
      retrying++;
      await sleep(jittered).finally(() => retrying--);
    }
  }
}

/** How long the server asks to wait, in milliseconds, when the error says that it throttles; otherwise `null`. */
export function throttlingDelay(error: unknown): number | null {
  if (!(error instanceof Error) || !("code" in error) || error.code !== THROTTLED) return null;
  const asked = /RetryAfterMs=(\d{1,6})/.exec(error.message)?.[1];
  return asked === undefined ? DEFAULT_DELAY_MS : Number(asked);
}
