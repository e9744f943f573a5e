import type { Clock } from "../clock.ts";
import { failpoint } from "../failpoint.ts";
import type { Log } from "../telemetry/log.ts";
import { readTraceparent } from "../telemetry/trace-context.ts";
import { AuditUnavailableError, MAX_BATCH } from "./audit-client.ts";
import type { AuditClient } from "./audit-client.ts";
import type { Outbox, OutboxEntry } from "./outbox.ts";
import { APPEND, callRegister } from "./register-call.ts";

export interface RelayOptions {
  readonly outbox: Outbox;
  readonly client: AuditClient;
  readonly log: Log;
  /** How long the register may take for one batch, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the relay between two batches. */
  readonly signal: AbortSignal;
}

/** How many batches travel at once, and how many entries are read at once: each may be large. */
const LANES = 8;
const PAGE = 1_024;

/**
 * Drains the outbox into the register, the oldest first, until it is empty or the register does not answer. An entry is
 * removed against a receipt alone: after a crash in between it is sent again, and the register knows it by its id.
 * @returns how many records the register has taken
 */
export async function relay(options: RelayOptions): Promise<number> {
  const { outbox, signal } = options;
  let relayed = 0;
  while (!signal.aborted) {
    const entries = await outbox.oldest(PAGE);
    if (entries.length === 0) break;
    const { taken, isAway } = await relayPage(entries, options);
    relayed += taken;
    if (isAway) break;
  }
  return relayed;
}

/** How long what has waited longest has waited, in whole seconds; 0 when nothing waits. */
export async function waitedSeconds(outbox: Outbox, clock: Clock): Promise<number> {
  const [oldest] = await outbox.oldest(1);
  if (!oldest) return 0;
  return Math.max(1, Math.floor((clock.now().getTime() - Date.parse(oldest.record.createdDate)) / 1000));
}

/** Each lane takes the next batch as soon as it has done one: a slow batch holds up no other. */
async function relayPage(
  entries: readonly OutboxEntry[],
  options: RelayOptions,
): Promise<{ readonly taken: number; readonly isAway: boolean }> {
  const batches = Array.from({ length: Math.ceil(entries.length / MAX_BATCH) }, (_, index) =>
    entries.slice(index * MAX_BATCH, (index + 1) * MAX_BATCH),
  );
  let taken = 0;
  let isAway = false;
  const lane = async (): Promise<void> => {
    for (let batch = batches.shift(); batch && !isAway; batch = batches.shift()) {
      const count = await relayBatch(batch, options);
      isAway ||= count === null;
      taken += count ?? 0;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { taken, isAway };
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
  const conflicts = await callRegister(
    APPEND,
    client.address,
    (traceparent) => client.append(records, traceparent, AbortSignal.timeout(timeoutMs)),
    entries.flatMap((entry) => readTraceparent(entry.traceparent) ?? []),
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
