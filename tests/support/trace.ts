import { randomBytes } from "node:crypto";

/** A trace of the test's own, so that the register can be asked for this very call. */
export function newTrace(): { traceId: string; headers: { traceparent: string } } {
  const traceId = randomBytes(16).toString("hex");
  return { traceId, headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } };
}
