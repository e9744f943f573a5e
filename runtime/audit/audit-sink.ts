import type { Span } from "../telemetry/span.ts";
import type { AuditRecord } from "./audit-record.ts";

/** Where records go. `append` resolves when the record is durable, and rejects when it cannot be made so in time. */
export interface AuditSink {
  /** @param span of the access that the record is about */
  append(record: AuditRecord, span: Span): Promise<void>;
}
