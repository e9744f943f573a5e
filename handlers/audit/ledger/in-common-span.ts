import { carrierOf } from "../../../runtime/telemetry/carrier-of.ts";
import { inSpan, outsideOfSpans } from "../../../runtime/telemetry/current-span.ts";
import type { Turn } from "./take-turn.ts";

/** Runs what is done for several requests at once. Its commands are in the trace of one of them; the others link to it. */
export function inCommonSpan<T>(turn: Turn, run: () => T): T {
  const spans = new Set([...turn.values()].flatMap((waiting) => waiting.flatMap(({ span }) => span ?? [])));
  const carrier = carrierOf([...spans]);
  // Not the span of the request that happened to set the writer off: it may be over.
  return carrier ? inSpan(carrier, run) : outsideOfSpans(run);
}
