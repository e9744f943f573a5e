import type { Envelope } from "../envelope.ts";
import { readItem } from "../store/read-item.ts";
import type { TelemetryItem } from "../store/span.ts";
import { makeEnvelope, type EnvelopeOptions } from "./make-envelope.ts";

/** What the views would be given of envelopes. */
export function readItems(envelopes: readonly Envelope[]): TelemetryItem[] {
  return envelopes
    .map((envelope, index) => readItem(envelope, `own-${index}`))
    .filter((item) => item !== undefined);
}

/** What the views would be given of envelopes of which a test says this. */
export function makeItems(...options: EnvelopeOptions[]): TelemetryItem[] {
  return readItems(options.map(makeEnvelope));
}
