import type { SpanAttributes } from "./attributes.ts";
import { LocalTrace } from "./local-trace.ts";
import { randomId } from "./random-id.ts";
import { countableRatio, isSampled } from "./sampling.ts";
import type { SpanRecord } from "./span-record.ts";
import { Span } from "./span.ts";
import { readTraceparent } from "./trace-context.ts";

export interface TracerOptions {
  /** Takes what is recorded; without it, spans are made for their ids alone. */
  readonly add?: (records: readonly SpanRecord[]) => void;
  /** The share of traces that are recorded, from 0 to 1. Default: 1. Failures always are. */
  readonly ratio?: number;
  /** Starts a clock in milliseconds since 1970, with fractions; the machine's unless a test brings its own. */
  readonly startClock?: () => () => number;
}

/** The root of what a process does for one request or in one run of a job. */
export interface Root {
  readonly span: Span;
  /** @param isWorthKeeping false for a run of a job that found nothing to do; a failure is always kept */
  readonly end: (isWorthKeeping?: boolean) => void;
}

/** Begins what this process is asked for, and what it does by itself. */
export interface Tracer {
  /** Continues the caller's trace; a missing or malformed `traceparent` begins a new one. */
  request(name: string, traceparent: string | null, attributes: SpanAttributes): Root;
  job(name: string): Root;
}

export function tracer({ add, ratio = 1, startClock = systemClock }: TracerOptions = {}): Tracer {
  const share = countableRatio(ratio);
  const root = (
    name: string,
    traceId: string,
    parentId: string | undefined,
    attributes: SpanAttributes,
  ): Root => {
    const trace = new LocalTrace({
      ...{ traceId, now: startClock(), add, sampleRate: share * 100 },
      isSampled: add !== undefined && isSampled(traceId, share),
    });
    const span = new Span(trace, "server", name, parentId, attributes);
    return {
      span,
      end(isWorthKeeping = true) {
        if (trace.leftOut > 0) span.set({ "specimen.spans_left_out": trace.leftOut });
        span.end();
        trace.close(span.failed, isWorthKeeping);
      },
    };
  };
  return {
    request(name, traceparent, attributes) {
      const caller = readTraceparent(traceparent);
      return root(name, caller?.traceId ?? randomId(16), caller?.spanId, attributes);
    },
    job: (name) => root(name, randomId(16), undefined, { "specimen.job": name }),
  };
}

/** Begins at the time of day, and goes on evenly: the process's own clock does not follow when the machine's is set, or sleeps. */
function systemClock(): () => number {
  const offset = Date.now() - performance.now();
  return () => offset + performance.now();
}
