/**
 * Whether a key opens what a URL leads to. Undefined when it cannot be told now: no answer, a server's failure, or a network that
 * lets nobody through (403), which says nothing of the key. A message of `fetch` may quote the key, and goes nowhere.
 */
export async function tryKey(url: string, header: string, key: string): Promise<boolean | undefined> {
  try {
    const { status, body } = await fetch(url, {
      headers: { [header]: key },
      signal: AbortSignal.timeout(10_000),
    });
    await body?.cancel();
    return status === 403 || status >= 500 ? undefined : status !== 401;
  } catch {
    return undefined;
  }
}
