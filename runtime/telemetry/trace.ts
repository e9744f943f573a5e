import { randomBytes } from "node:crypto";

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The trace of one request (W3C Trace Context). */
export interface Trace {
  readonly traceId: string;
  /** `traceparent` for calls that this request makes. */
  readonly traceparent: string;
}

/** Continues the caller's trace; a missing or malformed `traceparent` starts a new one. */
export function continueTrace(traceparent: string | null): Trace {
  const traceId = traceIdOf(traceparent) ?? randomBytes(16).toString("hex");
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString("hex")}-01` };
}

/** Version `ff` and ids of zeros are invalid; a version that we do not know may say more, version 00 may not. */
function traceIdOf(traceparent: string | null): string | null {
  const [, version, traceId, parentId, , more] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  if (traceId === undefined || parentId === undefined || version === "ff") return null;
  if (version === "00" && more !== undefined) return null;
  return /^0+$/.test(traceId) || /^0+$/.test(parentId) ? null : traceId;
}
