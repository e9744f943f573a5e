import type { TraceSpan } from "../http/trace-span.ts";
import type { RecordedCall } from "./recorded-call.ts";
import type { RecordedMessage } from "./recording.ts";

/** What one request came to: ids, names and codes of the configuration, and nothing that a client chose but the method. */
export interface RecordedRequest {
  readonly span: TraceSpan;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly requestId: string;
  readonly status: number;
  /** Null when the request could not be read. */
  readonly method: string | null;
  /** Null when no operation matched. */
  readonly target: RecordedTarget | null;
  readonly product: string | null;
  readonly subscription: string | null;
  /** What went wrong and where, by the names of the gateway; null when nothing did, or only the status tells. */
  readonly failure: { readonly reason: string; readonly source: string } | null;
  readonly calls: readonly RecordedCall[];
  readonly messages: readonly RecordedMessage[];
}

/** The operation that a request matched. */
export interface RecordedTarget {
  readonly api: { readonly id: string; readonly revision: string };
  readonly operation: { readonly id: string };
  /** `/patient/{patientId}` */
  readonly path: string;
}

/** True when a request counts as an error: something failed, or its answer tells of a failure. */
export function isError({ failure, status }: RecordedRequest): boolean {
  return failure !== null || status >= 400;
}
