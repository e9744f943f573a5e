import type { SpanAttributes } from "./attributes.ts";
import type { TraceContext } from "./trace-context.ts";

/** What a span is to its process: something that it was asked for, or something that it asked for. */
export type SpanKind = "server" | "client";

/** A span that has ended, as data. */
export interface SpanRecord extends TraceContext {
  readonly name: string;
  readonly kind: SpanKind;
  /** Absent at the root of a trace. */
  readonly parentId?: string;
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: SpanAttributes;
  /** Spans that it belongs to without being their child. */
  readonly links: readonly TraceContext[];
  readonly exception?: SpanException;
  /** Of how many hundred such spans it is one. 100 when every one is recorded. */
  readonly sampleRate: number;
}

/** A failure without its message, which may hold a person's data. */
export interface SpanException {
  /** `MongoServerError(11000)` */
  readonly type: string;
  /** Where it was thrown: the frames of its stack alone. */
  readonly frames: string;
}
