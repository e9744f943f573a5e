import { metrics } from "@opentelemetry/api";
import { METRICS } from "../metrics.ts";
import type { Measurement, MetricName } from "../metrics.ts";

/** Makes the SDK's instruments. @returns what records a measurement with its own */
export function instruments(): (measurement: Measurement) => void {
  const meter = metrics.getMeter("specimen");
  const records = new Map<string, (value: number, dimensions: Measurement["dimensions"]) => void>();
  for (const [name, definition] of Object.entries(METRICS)) {
    const { kind, unit, description } = definition;
    const options = { unit, description };
    if (kind === "counter") {
      const counter = meter.createCounter(name, options);
      records.set(name, (value, dimensions) => counter.add(value, dimensions));
    } else {
      const instrument =
        kind === "gauge" ? meter.createGauge(name, options) : meter.createHistogram(name, options);
      records.set(name, (value, dimensions) => instrument.record(value, dimensions));
    }
  }
  return ({ name, value, dimensions }) => records.get(name)?.(value, allowedDimensions(name, dimensions));
}

const DIMENSION = /^[\w.:-]{1,64}$/;

/** Few names and codes: every other combination of values would be a metric of its own. */
function allowedDimensions(
  name: MetricName,
  dimensions: Measurement["dimensions"],
): Measurement["dimensions"] {
  const names: readonly string[] = METRICS[name].dimensions;
  return Object.fromEntries(
    Object.entries(dimensions).filter(([key, value]) => names.includes(key) && DIMENSION.test(value)),
  );
}
