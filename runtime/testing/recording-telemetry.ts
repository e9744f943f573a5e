import type { Measurement } from "../telemetry/metrics.ts";
import type { SpanRecord } from "../telemetry/span-record.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { tracer } from "../telemetry/tracer.ts";

/** Telemetry that keeps what is recorded. */
export interface RecordingTelemetry extends Telemetry {
  readonly spans: readonly SpanRecord[];
  readonly measurements: readonly Measurement[];
}

/** @param ratio the share of traces that are recorded */
export function recordingTelemetry(ratio = 1): RecordingTelemetry {
  const spans: SpanRecord[] = [];
  const measurements: Measurement[] = [];
  return {
    isOn: true,
    spans,
    measurements,
    tracer: tracer({ ratio, add: (records) => void spans.push(...records) }),
    meter: { record: (name, value, dimensions = {}) => void measurements.push({ name, value, dimensions }) },
    close: () => Promise.resolve(),
  };
}
