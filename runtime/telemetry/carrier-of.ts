import type { Span } from "./span.ts";

/**
 * In whose trace something is that is done for several at once: one that is recorded, if any is. The others get a link to it.
 * @returns `undefined` when there is nobody
 */
export function carrierOf(spans: readonly Span[]): Span | undefined {
  const carrier = spans.find(({ isSampled }) => isSampled) ?? spans[0];
  if (carrier) for (const span of spans) span.link(carrier);
  return carrier;
}
