import { carrierOf } from "../telemetry/carrier-of.ts";
import { inSpan } from "../telemetry/current-span.ts";
import type { Meter } from "../telemetry/metrics.ts";
import type { Span } from "../telemetry/span.ts";
import type { AuditRecord } from "./audit-record.ts";
import type { AuditSink } from "./audit-sink.ts";
import { GroupCommit } from "./group-commit.ts";
import type { Outbox } from "./outbox.ts";

export interface OutboxSinkOptions {
  /** The outbox, when its database can be reached. */
  readonly outbox: () => Promise<Outbox>;
  /** How long a record may take to become durable, in milliseconds. */
  readonly timeoutMs: number;
  readonly meter: Meter;
}

interface Entry {
  readonly record: AuditRecord;
  readonly span: Span;
}

/** Stores records in the outbox, those that arrive while others are being stored together, as one command of one's span. */
export function outboxSink({ outbox, timeoutMs, meter }: OutboxSinkOptions): AuditSink {
  const put = async (entries: readonly Entry[]) => {
    const stored = entries.map(({ record, span }) => ({ record, traceparent: span.traceparent }));
    await (await outbox()).put(stored);
  };
  const commit = new GroupCommit<Entry>({
    send: async (entries) => {
      const carrier = carrierOf(entries.map(({ span }) => span));
      await (carrier ? inSpan(carrier, () => put(entries)) : put(entries));
      return undefined;
    },
    maxBatch: 128,
    concurrency: 2,
    timeoutMs,
  });
  return {
    async append(record, span) {
      const since = performance.now();
      await commit.add({ record, span });
      meter.record("specimen.audit.duration", performance.now() - since, { sink: "outbox" });
    },
  };
}
