import { setTimeout as after } from "node:timers/promises";
import type { Answer } from "./answer.ts";

/** An answer of a platform that is too busy. */
export function isBusy(answer: Answer | null): answer is Answer {
  return answer?.status === 503;
}

/** Waits as many seconds as `Retry-After` says, one when it says nothing, as a client does. */
export async function waitAsTold({ headers }: Answer): Promise<void> {
  const seconds = Number(headers["retry-after"] ?? 1);
  await after(1000 * (Number.isFinite(seconds) ? Math.min(seconds, 10) : 1));
}
