import type { World } from "../parts/start-world.ts";

/** An intent that the register has no outcome for. */
interface OpenIntent {
  readonly createdDate: string;
}

/** In milliseconds. */
const PATIENCE_MS = 5_000;

/** @returns the accesses that wait for an outcome, the oldest first; `undefined` when the register does not answer */
export async function openIntents(
  { apps, auditKey }: World,
  service: "patient" | "audit",
  before: Date,
): Promise<readonly OpenIntent[] | undefined> {
  const query = new URLSearchParams({ service, before: before.toISOString() });
  const url = `${apps.audit.url}/auditrecords/open?${query.toString()}`;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, { headers: { "x-functions-key": auditKey }, signal });
    if (answer.status !== 200) return undefined;
    return ((await answer.json()) as { intents: readonly OpenIntent[] }).intents;
  } catch {
    return undefined;
  }
}

/** How many records wait in the outbox. */
export function waitingEntries({ databases }: World): Promise<number> {
  return databases.patient.db.collection("outbox").countDocuments({ buried: false });
}
