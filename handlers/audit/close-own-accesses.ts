import type { Clock } from "../../runtime/clock.ts";
import type { Ledger } from "./ledger/open-ledger.ts";

export interface CloseOwnAccessesOptions {
  readonly service: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** How old an intent must be, in milliseconds: no access takes longer, but an export. */
  readonly afterMs: number;
  readonly signal: AbortSignal;
}

/** No host lets an export run longer. In milliseconds. */
const EXPORT_INTERRUPTED_AFTER_MS = 3_600_000;
const LIMIT = 256;

/**
 * Closes accesses to the register whose process ended before it could record their outcome. What was read may have left, so
 * the outcome is unknown.
 * @returns how many were closed
 */
export async function closeOwnAccesses({
  service,
  ledger,
  clock,
  afterMs,
  signal,
}: CloseOwnAccessesOptions): Promise<number> {
  const now = clock.now().getTime();
  const before = (age: number) => new Date(now - age);
  let closed = 0;
  while (!signal.aborted) {
    const open = await ledger.openIntents({ service, before: before(afterMs), limit: LIMIT });
    const oldest = before(EXPORT_INTERRUPTED_AFTER_MS).toISOString();
    const lost = open.filter(({ action, createdDate }) => action !== "X" || createdDate < oldest);
    if (lost.length === 0) break;
    const createdDate = clock.now().toISOString();
    const { stored } = await ledger.append(
      lost.map((intent) => ({
        ...intent,
        id: intent.id.replace(/:intent$/, ":outcome"),
        phase: "outcome" as const,
        createdDate,
        outcome: { code: 12 as const, error: "interrupted" },
      })),
    );
    if (stored === 0) break;
    closed += stored;
  }
  return closed;
}
