import type { HeaderBag } from "../messages/header-bag.ts";
import { traceparentOf } from "./trace-span.ts";
import type { TraceSpan } from "./trace-span.ts";

/**
 * Continues the client's trace: from here on the request carries its trace id, flags and `tracestate`, and the gateway's span as
 * parent. The `tracestate` of a trace that is not continued is dropped.
 *
 * Source: W3C Trace Context, sections 3.2 and 3.4.
 */
export function continueTrace(headers: HeaderBag, span: TraceSpan): void {
  if (span.parentId === null) headers.delete("tracestate");
  headers.set("traceparent", [traceparentOf(span)]);
}
