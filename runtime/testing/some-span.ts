import { tracer } from "../telemetry/tracer.ts";
import type { Span } from "../telemetry/span.ts";

export const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

/** The span of a request, which nobody records. */
export function someSpan(): Span {
  return tracer().request("GET /patient/{patientId}", `00-${TRACE_ID}-b7ad6b7169203331-01`, {}).span;
}
