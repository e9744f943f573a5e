const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** A place in a trace. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/**
 * Reads a `traceparent`: the trace that the caller is in, and its own place there. Version `ff` and ids of zeros are invalid; a
 * version that we do not know may say more, version 00 may not. Source: W3C Trace Context, 3.2.
 * @returns `null` for a missing or malformed one: a new trace begins
 */
export function readTraceparent(traceparent: string | null): TraceContext | null {
  const [, version, traceId, spanId, , more] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || version === "ff") return null;
  if (version === "00" && more !== undefined) return null;
  return /^0+$/.test(traceId) || /^0+$/.test(spanId) ? null : { traceId, spanId };
}

/** @param isSampled whether the caller records its own spans of the trace */
export function traceparentOf({ traceId, spanId }: TraceContext, isSampled: boolean): string {
  return `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
}
