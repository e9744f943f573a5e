/**
 * What is measured, by name, and how it is summed up until it is sent: `histogram` (count, sum, least, most), `counter` (sum) or
 * `gauge` (the last value).
 */
export const METRICS = {
  "specimen.audit.duration": {
    kind: "histogram",
    unit: "ms",
    description: "From a record's making until it is durable, by where it went: register or outbox.",
  },
  "specimen.audit.batch_size": {
    kind: "histogram",
    unit: "{record}",
    description: "Records that travelled to the register together.",
  },
  "specimen.outbox.depth": {
    kind: "gauge",
    unit: "{record}",
    description: "Records that wait in the outbox for the register.",
  },
  "specimen.outbox.waited": {
    kind: "gauge",
    unit: "s",
    description: "How long the record that has waited longest has waited.",
  },
  "specimen.validation.failures": {
    kind: "counter",
    unit: "{fault}",
    description: "Faults of requests, by operation and the rule of the contract that they break.",
  },
  "specimen.telemetry.left_out": {
    kind: "counter",
    unit: "{span}",
    description: "Spans that were not sent, because the collector was slower than the app.",
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export interface MetricDefinition {
  readonly kind: "histogram" | "counter" | "gauge";
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
