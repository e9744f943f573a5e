import type { RotationTools, Tell } from "./step.ts";

const POLL_MS = 250;

/**
 * Asks again and again.
 * @param otherwise what to say when it does not hold in time
 * @throws then
 */
export async function until(
  holds: () => Promise<boolean>,
  { wait }: Pick<RotationTools, "wait">,
  { seconds, otherwise }: { readonly seconds: number; readonly otherwise: string },
): Promise<void> {
  for (let waited = 0; !(await holds()); waited += POLL_MS) {
    if (waited >= seconds * 1000) throw new Error(`After ${seconds} s ${otherwise}.`);
    await wait(POLL_MS);
  }
}

/** Waits until a secret's newest version is so old; a run that continues waits for what is left of the time. */
export async function untilOlderThan(
  seconds: number,
  secret: string,
  { vault, wait, now }: RotationTools,
  tell: { readonly tell: Tell; readonly why: string },
): Promise<void> {
  if (seconds === 0) return;
  const since = (await vault.secret(secret))?.created ?? 0;
  // The vault gives whole seconds.
  const left = Math.ceil(since + 1 + seconds - now() / 1000);
  if (left <= 0) return;
  await tell.tell(`wait ${left} s for ${tell.why}`);
  await wait(left * 1000);
}
