import { isSpan } from "../store/is-span.ts";
import type { Span, TelemetryItem } from "../store/span.ts";

/** Failures of the same sort. */
export interface FailureGroup {
  readonly kind: "request" | "dependency" | "exception";
  readonly service: string;
  /** The request that was served when it failed. */
  readonly operation: string;
  /** Of a dependency: its type and what was called. */
  readonly call?: string;
  /** The status, the call's result, or the exception's type. */
  readonly result: string;
  /** How many are kept. */
  readonly count: number;
  /** How many there were, given that some were sampled out. */
  readonly estimated: number;
  readonly lastMs: number;
  /** The newest few, newest first. */
  readonly latest: readonly FailureExample[];
}

export interface FailureExample extends Pick<Span, "traceId" | "name" | "startMs"> {
  /** The span that failed, or that the exception was thrown in. */
  readonly spanId: string;
  /** What an exception says. */
  readonly message?: string;
}

/** Groups failed requests, failed calls and exceptions; those first that there are most of. */
export function groupFailures(items: readonly TelemetryItem[]): FailureGroup[] {
  const groups = new Map<string, Span[]>();
  for (const span of items) {
    if (!isSpan(span) || span.success !== false) continue;
    const key = JSON.stringify([span.kind, span.service, span.operation, callOf(span), resultOf(span)]);
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  return [...groups.values()].flatMap(summarise).sort((a, b) => b.count - a.count || b.lastMs - a.lastMs);
}

const EXAMPLES = 5;

function summarise(spans: Span[]): FailureGroup[] {
  const newest = spans.sort((a, b) => b.startMs - a.startMs);
  const [last] = newest;
  if (!last || last.kind === "message") return [];
  const call = callOf(last);
  return [
    {
      kind: last.kind,
      service: last.service,
      operation: last.operation,
      ...(call !== undefined && { call }),
      result: resultOf(last),
      count: newest.length,
      estimated: Math.round(newest.reduce((sum, { sampleRate }) => sum + 100 / sampleRate, 0)),
      lastMs: last.startMs,
      latest: newest.slice(0, EXAMPLES).map(toExample),
    },
  ];
}

function callOf({ kind, type = "", target = "", name }: Span): string | undefined {
  return kind === "dependency" ? [type, target, name].filter((part) => part !== "").join(" ") : undefined;
}

function resultOf({ kind, name, resultCode = "" }: Span): string {
  return kind === "exception" ? name : resultCode || "(no result)";
}

function toExample({ traceId, id, parentId, kind, name, startMs, attributes }: Span): FailureExample {
  const message = kind === "exception" ? attributes.message : undefined;
  return {
    traceId,
    spanId: kind === "exception" ? parentId : id,
    name,
    startMs,
    ...(message !== undefined && { message }),
  };
}
