import { randomBytes } from "node:crypto";

import type { TraceContext } from "./core-types.ts";

/**
 * Continues a caller's trace with a span of the host's own, as Azure does; a malformed `traceparent` is replaced and
 * its `tracestate` dropped.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function createTraceContext(traceparent: string | undefined, tracestate: string): TraceContext {
  const [, traceId, flags] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  const spanId = randomBytes(8).toString("hex");
  if (traceId === undefined || flags === undefined) {
    return { traceParent: `00-${randomBytes(16).toString("hex")}-${spanId}-00`, traceState: "" };
  }
  return { traceParent: `00-${traceId}-${spanId}-${flags}`, traceState: tracestate };
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})$/;
