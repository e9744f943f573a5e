import { carrierOf } from "../telemetry/carrier-of.ts";
import type { Meter } from "../telemetry/metrics.ts";
import type { Span } from "../telemetry/span.ts";
import { APPEND, failCall, registerCall } from "./register-call.ts";
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
  readonly meter: Meter;
}

interface Entry {
  readonly record: AuditRecord;
  /** The call, as the access sees it: from the record's making until it is durable. */
  readonly call: Span;
}

/** The register holds another record of this id. It is there, and has not failed. */
export class RecordConflictError extends Error {
  override readonly name = "RecordConflictError";
}

/**
 * Sends records to the Audit API. Records that arrive while a batch is under way travel together in the next one; no record
 * waits on a timer. What travels together is one request of the Audit app: it is in the trace of one of them, and the calls of the
 * others say so by a link.
 */
export function httpAuditSink({ client, concurrency, timeoutMs, meter }: HttpAuditSinkOptions): AuditSink {
  const send = async (entries: readonly Entry[], deadline: number) => {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())));
    const records = entries.map(({ record }) => record);
    const carrier = carrierOf(entries.map(({ call }) => call));
    meter.record("specimen.audit.batch_size", entries.length);
    const conflicts = await client.append(records, carrier?.traceparent, signal);
    return conflicts.length > 0 ? refusals(records, conflicts) : undefined;
  };
  const commit = new GroupCommit<Entry>({ send, maxBatch: MAX_BATCH, concurrency, timeoutMs });
  return {
    async append(record, span) {
      const call = registerCall(span, APPEND, client.address);
      const since = performance.now();
      try {
        await commit.add({ record, call });
        call.set({ "http.response.status_code": 200 });
        meter.record("specimen.audit.duration", performance.now() - since, { sink: "register" });
      } catch (error) {
        failCall(call, error);
        throw error;
      } finally {
        call.end();
      }
    },
  };
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
