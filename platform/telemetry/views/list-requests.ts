import type { Span, TelemetryItem } from "../store/span.ts";

/** Which requests to list. */
export interface RequestFilter {
  readonly limit: number;
  readonly service?: string;
  /** Only those that failed, or only those that did not. */
  readonly failed?: boolean;
}

/** Requests, those first that began last. */
export function listRequests(items: readonly TelemetryItem[], filter: RequestFilter): Span[] {
  return items
    .filter((item): item is Span => item.kind === "request" && matches(item, filter))
    .sort((a, b) => b.startMs - a.startMs)
    .slice(0, filter.limit);
}

function matches(span: Span, { service, failed }: RequestFilter): boolean {
  if (service !== undefined && span.service !== service) return false;
  return failed === undefined || failed === (span.success === false);
}
