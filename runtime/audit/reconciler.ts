import type { Clock } from "../clock.ts";
import { failpoint } from "../failpoint.ts";
import { MAX_BATCH } from "./audit-client.ts";
import type { AuditClient } from "./audit-client.ts";
import type { AuditRecord, Outcome } from "./audit-record.ts";
import type { Outbox } from "./outbox.ts";
import { APPEND, callRegister, OPEN_ACCESSES } from "./register-call.ts";

export interface ReconcilerOptions {
  /** The service whose accesses are closed, `patient`. */
  readonly service: string;
  readonly client: AuditClient;
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** How an access ended, as far as the data tells. */
  readonly resolve: (intent: AuditRecord) => Promise<Outcome>;
  /** How old an intent must be, in milliseconds: no access takes that long. */
  readonly afterMs: number;
  /** How long the register may take for one answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Closes accesses whose process ended before it could record their outcome. An outcome that still waits in the outbox closes
 * its access itself.
 * @returns how many were closed
 * @throws {AuditUnavailableError} when the register does not answer: it is tried again the next time
 */
export async function reconcile(options: ReconcilerOptions): Promise<number> {
  const { service, client, clock, afterMs, timeoutMs, signal } = options;
  const before = new Date(clock.now().getTime() - afterMs);
  const ask = () =>
    callRegister(OPEN_ACCESSES, client.address, (traceparent) =>
      client.openIntents(service, before, traceparent, AbortSignal.timeout(timeoutMs)),
    );
  let closed = 0;
  while (!signal.aborted) {
    const open = await withoutWaiting(await ask(), options.outbox);
    if (open.length === 0) break;
    // What has left the outbox since the register was asked is in the register now.
    const still = new Set((await ask()).map(({ id }) => id));
    const lost = open.filter(({ id }) => still.has(id)).slice(0, MAX_BATCH);
    if (lost.length === 0) break;
    const count = await close(lost, options);
    if (count === 0) break;
    closed += count;
  }
  return closed;
}

async function withoutWaiting(intents: readonly AuditRecord[], outbox: Outbox): Promise<AuditRecord[]> {
  const waiting = await outbox.holding(intents.map(outcomeId));
  return intents.filter((intent) => !waiting.has(outcomeId(intent)));
}

async function close(intents: readonly AuditRecord[], options: ReconcilerOptions): Promise<number> {
  const { client, clock, resolve, timeoutMs } = options;
  const createdDate = clock.now().toISOString();
  const records: AuditRecord[] = [];
  for (const intent of intents) {
    const outcome = await resolve(intent);
    records.push({ ...intent, id: outcomeId(intent), phase: "outcome", createdDate, outcome });
  }
  failpoint("reconciler-closing");
  // A conflict is an outcome that came at the same time: the access is closed by it, and the register has raised its alarm.
  const conflicts = await callRegister(APPEND, client.address, (traceparent) =>
    client.append(records, traceparent, AbortSignal.timeout(timeoutMs)),
  );
  failpoint("reconciler-closed");
  return records.length - conflicts.length;
}

function outcomeId({ accessId }: AuditRecord): string {
  return `${accessId}:outcome`;
}
