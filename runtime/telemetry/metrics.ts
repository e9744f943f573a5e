/**
 * What is measured, by name, and how it is summed up until it is sent: `histogram` (count, sum, least, most), `counter` (sum) or
 * `gauge` (the last value).
 */
export const METRICS = {
  "specimen.audit.duration": {
    kind: "histogram",
    dimensions: ["sink"],
    unit: "ms",
    description: "From a record's making until it is durable, by where it went: register or outbox.",
  },
  "specimen.audit.batch_size": {
    kind: "histogram",
    dimensions: [],
    unit: "{record}",
    description: "Records that travelled to the register together.",
  },
  "specimen.outbox.depth": {
    kind: "gauge",
    dimensions: [],
    unit: "{record}",
    description: "Records that wait in the outbox for the register.",
  },
  "specimen.outbox.waited": {
    kind: "gauge",
    dimensions: [],
    unit: "s",
    description: "How long the record that has waited longest has waited.",
  },
  "specimen.validation.failures": {
    kind: "counter",
    dimensions: ["operation", "rule"],
    unit: "{fault}",
    description: "Faults of requests, by operation and the rule of the contract that they break.",
  },
  "specimen.telemetry.left_out": {
    kind: "counter",
    dimensions: ["kind"],
    unit: "{item}",
    description: "Spans and measurements that were not sent: the collector was slower than the app, or away.",
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export interface MetricDefinition {
  readonly kind: "histogram" | "counter" | "gauge";
  /** By which values it is told apart. */
  readonly dimensions: readonly string[];
  /** In UCUM, annotations in braces. */
  readonly unit: string;
  readonly description: string;
}

export type MetricName = keyof typeof METRICS;

/** By what values of one metric are told apart: names and codes, few different ones. */
export type MetricDimensions = Readonly<Record<string, string>>;

export interface Measurement {
  readonly name: MetricName;
  readonly value: number;
  readonly dimensions: MetricDimensions;
}

/** Takes measurements. It never throws, and costs a request no more than an array's `push`. */
export interface Meter {
  record(name: MetricName, value: number, dimensions?: MetricDimensions): void;
}
