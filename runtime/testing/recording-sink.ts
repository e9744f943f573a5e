import type { AuditRecord } from "../audit/audit-record.ts";
import type { AuditSink } from "../audit/audit-sink.ts";

/** A register that keeps what it is given, and can be made to refuse. */
export interface RecordingSink extends AuditSink {
  readonly records: readonly AuditRecord[];
  readonly traceparents: readonly string[];
}

/**
 * @param journal gets `audit:<phase>` for each record, in order with what else a test writes there
 * @param isDown whether a record of this phase is refused
 */
export function recordingSink(
  journal: string[] = [],
  isDown: (phase: AuditRecord["phase"]) => boolean = () => false,
): RecordingSink {
  const records: AuditRecord[] = [];
  const traceparents: string[] = [];
  return {
    records,
    traceparents,
    append(record, span) {
      if (isDown(record.phase)) return Promise.reject(new Error("canary: the register is down"));
      journal.push(`audit:${record.phase}`);
      records.push(record);
      traceparents.push(span.traceparent);
      return Promise.resolve();
    },
  };
}
