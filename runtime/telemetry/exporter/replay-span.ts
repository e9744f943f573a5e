import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import type { Attributes, Context, Span as SdkSpan } from "@opentelemetry/api";
import { allowedAttributes } from "../attributes.ts";
import { FRAME } from "../describe-exception.ts";
import type { SpanRecord } from "../span-record.ts";
import type { TraceContext } from "../trace-context.ts";

/** What the SDK calls when one of its spans begins. */
export interface ReplayProcessor {
  onStart(span: SdkSpan): void;
  onEnd(): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

export interface SpanReplayer {
  /** To be among the SDK's span processors. */
  readonly processor: ReplayProcessor;
  /** Makes a span of the SDK that says what the app's said. */
  replay(span: SpanRecord): void;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT };
/** How the SDK is told that one item stands for several. */
const SAMPLE_RATE = "microsoft.sample_rate";

/**
 * Brings spans that have ended to the SDK, with their own ids and times. The SDK draws ids itself; its processors may change
 * them before anything has read them.
 */
export function spanReplayer(): SpanReplayer {
  let ids: TraceContext | undefined;
  return {
    processor: {
      onStart(span) {
        const context = span.spanContext();
        if (ids) {
          context.traceId = ids.traceId;
          context.spanId = ids.spanId;
        }
      },
      onEnd: () => undefined,
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
    replay(span) {
      ids = { traceId: span.traceId, spanId: span.spanId };
      const options = {
        kind: KINDS[span.kind],
        startTime: span.startMs,
        attributes: attributesOf(span),
        links: span.links.map(({ traceId, spanId }) => ({ context: contextOf(traceId, spanId) })),
      };
      // Asked for each time: what is there before the SDK is set up does nothing.
      const made = trace.getTracer("specimen").startSpan(nameOf(span), options, parentOf(span));
      if (span.sampleRate !== 100) made.setAttribute(SAMPLE_RATE, span.sampleRate);
      const endMs = span.startMs + span.durationMs;
      // Otherwise the status of its answer tells whether it was a success.
      if (span.failed) made.setStatus({ code: SpanStatusCode.ERROR });
      if (span.exception) made.addEvent("exception", exceptionOf(span.exception), endMs);
      made.end(endMs);
    },
  };
}

const NAME = /^[\w ./{}:-]{1,256}$/;

function nameOf({ name }: SpanRecord): string {
  return NAME.test(name) ? name : "unnamed";
}

function attributesOf({ attributes }: SpanRecord): Attributes {
  return { ...allowedAttributes(attributes) };
}

function parentOf({ traceId, parentId }: SpanRecord): Context {
  return parentId === undefined
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, contextOf(traceId, parentId));
}

function contextOf(traceId: string, spanId: string) {
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
}

const EXCEPTION = /^[\w$.]{1,64}(\([\w.-]{1,64}\))?$/;

/** The name stands for the message, which Application Insights requires. */
function exceptionOf(exception: NonNullable<SpanRecord["exception"]>): Attributes {
  const type = EXCEPTION.test(exception.type) ? exception.type : "Error";
  const frames = exception.frames.split("\n").filter((line) => FRAME.test(line));
  return {
    "exception.type": type,
    "exception.message": type,
    "exception.stacktrace": [type, ...frames].join("\n"),
  };
}
