import type { AuditRecord } from "./audit-record.ts";

/** Where records go. `append` resolves when the record is durable, and rejects when it cannot be made so in time. */
export interface AuditSink {
  append(record: AuditRecord, traceparent: string): Promise<void>;
}
