import { inSpan, outsideOfSpans } from "../../../runtime/telemetry/current-span.ts";
import type { Turn } from "./take-turn.ts";

/**
 * Runs what is done for several requests at once. Its commands are in the trace of one of them, one that is recorded if any is; the
 * others link to it.
 */
export function inCommonSpan<T>(turn: Turn, run: () => T): T {
  const spans = new Set([...turn.values()].flatMap((waiting) => waiting.flatMap(({ span }) => span ?? [])));
  const [first] = spans;
  const carrier = [...spans].find(({ isSampled }) => isSampled) ?? first;
  // Not the span of the request that happened to set the writer off: it may be over.
  if (!carrier) return outsideOfSpans(run);
  for (const span of spans) span.link(carrier);
  return inSpan(carrier, run);
}
