import type { AuditSink } from "./audit-sink.ts";
import { GroupCommit } from "./group-commit.ts";
import type { Outbox, OutboxEntry } from "./outbox.ts";

export interface OutboxSinkOptions {
  /** The outbox, when its database can be reached. */
  readonly outbox: () => Promise<Outbox>;
  /** How long a record may take to become durable, in milliseconds. */
  readonly timeoutMs: number;
}

/** Stores records in the outbox, those that arrive while others are being stored together. */
export function outboxSink({ outbox, timeoutMs }: OutboxSinkOptions): AuditSink {
  const commit = new GroupCommit<OutboxEntry>({
    send: async (entries) => {
      await (await outbox()).put(entries);
      return undefined;
    },
    maxBatch: 128,
    concurrency: 2,
    timeoutMs,
  });
  return { append: (record, traceparent) => commit.add({ record, traceparent }) };
}
