import { failpoint } from "../failpoint.ts";
import type { Log } from "../telemetry/log.ts";
import { AuditUnavailableError, MAX_BATCH } from "./audit-client.ts";
import type { AuditClient } from "./audit-client.ts";
import type { Outbox, OutboxEntry } from "./outbox.ts";

export interface RelayOptions {
  readonly outbox: Outbox;
  readonly client: AuditClient;
  readonly log: Log;
  /** How long the register may take for one batch, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the relay between two batches. */
  readonly signal: AbortSignal;
}

/** How many batches travel at once. */
const LANES = 4;

/**
 * Drains the outbox into the register, the oldest first, until it is empty or the register does not answer. An entry is
 * removed against a receipt alone: after a crash in between it is sent again, and the register knows it by its id.
 * @returns how many records the register has taken
 */
export async function relay(options: RelayOptions): Promise<number> {
  const { outbox, signal } = options;
  let relayed = 0;
  while (!signal.aborted) {
    const entries = await outbox.oldest(LANES * MAX_BATCH);
    if (entries.length === 0) break;
    const lanes = Array.from({ length: Math.ceil(entries.length / MAX_BATCH) }, (_, lane) =>
      relayBatch(entries.slice(lane * MAX_BATCH, (lane + 1) * MAX_BATCH), options),
    );
    const taken = await Promise.all(lanes);
    relayed += taken.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    if (taken.includes(null)) break;
  }
  return relayed;
}

/** @returns how many records the register has taken; `null` when it did not answer for all */
async function relayBatch(entries: readonly OutboxEntry[], options: RelayOptions): Promise<number | null> {
  try {
    return await send(entries, options);
  } catch (error) {
    if (!isRefusal(error)) return null;
    if (entries.length > 1) return relayOneByOne(entries, options);
    await bury(entries, error.status, options);
    return 0;
  }
}

/** A record that the register will never take must not keep the others waiting. */
async function relayOneByOne(entries: readonly OutboxEntry[], options: RelayOptions): Promise<number | null> {
  let relayed = 0;
  for (const entry of entries) {
    const taken = await relayBatch([entry], options);
    if (taken === null) return null;
    relayed += taken;
  }
  return relayed;
}

async function send(entries: readonly OutboxEntry[], options: RelayOptions): Promise<number> {
  const { client, outbox, timeoutMs } = options;
  const records = entries.map(({ record }) => record);
  const conflicts = await client.append(
    records,
    entries[0]?.traceparent ?? "",
    AbortSignal.timeout(timeoutMs),
  );
  failpoint("relay-sent");
  const refused = entries.filter(({ record }) => conflicts.includes(record.id));
  await bury(refused, CONFLICT, options);
  const taken = records.filter(({ id }) => !conflicts.includes(id));
  await outbox.remove(taken.map(({ id }) => id));
  failpoint("relay-removed");
  return taken.length;
}

/** What a conflict would be called by an operation of its own. */
const CONFLICT = 409;

/** Sets entries aside, and says so: somebody has to look at them. */
async function bury(
  entries: readonly OutboxEntry[],
  status: number,
  { outbox, log }: RelayOptions,
): Promise<void> {
  await outbox.bury(
    entries.map(({ record }) => record.id),
    status,
  );
  for (const { record } of entries)
    log("error", "record-refused-by-register", { recordId: record.id, status });
}

/** Statuses that another try does not change: the register has understood the record and does not take it. */
function isRefusal(error: unknown): error is AuditUnavailableError & { readonly status: number } {
  return error instanceof AuditUnavailableError && (error.status === 400 || error.status === 413);
}
