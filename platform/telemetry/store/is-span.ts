import type { Span, TelemetryItem } from "./span.ts";

/** Whether an item is a span, and no measurement. */
export function isSpan(item: TelemetryItem): item is Span {
  return item.kind !== "metric";
}
