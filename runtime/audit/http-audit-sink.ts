import { MAX_BATCH } from "./audit-client.ts";
import type { AuditClient } from "./audit-client.ts";
import type { AuditRecord } from "./audit-record.ts";
import type { AuditSink } from "./audit-sink.ts";
import { GroupCommit } from "./group-commit.ts";

export interface HttpAuditSinkOptions {
  readonly client: AuditClient;
  /** How many batches may be under way at once. */
  readonly concurrency: number;
  /** How long a record may take to become durable, in milliseconds. */
  readonly timeoutMs: number;
}

interface Entry {
  readonly record: AuditRecord;
  readonly traceparent: string;
}

/** The register holds another record of this id. It is there, and has not failed. */
export class RecordConflictError extends Error {
  override readonly name = "RecordConflictError";
}

/**
 * Sends records to the Audit API. Records that arrive while a batch is under way travel together in the next one; no record
 * waits on a timer.
 */
export function httpAuditSink({ client, concurrency, timeoutMs }: HttpAuditSinkOptions): AuditSink {
  const send = async (entries: readonly Entry[], deadline: number) => {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())));
    const records = entries.map(({ record }) => record);
    const conflicts = await client.append(records, entries[0]?.traceparent ?? "", signal);
    return conflicts.length > 0 ? refusals(records, conflicts) : undefined;
  };
  const commit = new GroupCommit<Entry>({ send, maxBatch: MAX_BATCH, concurrency, timeoutMs });
  return { append: (record, traceparent) => commit.add({ record, traceparent }) };
}

function refusals(records: readonly AuditRecord[], conflicts: readonly string[]): Map<number, Error> {
  return new Map(
    records.flatMap(({ id }, index) =>
      conflicts.includes(id)
        ? [[index, new RecordConflictError("The register holds another record of this id.")] as const]
        : [],
    ),
  );
}
