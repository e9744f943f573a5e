import type { MetricPoint, TelemetryItem } from "../store/span.ts";

/** What was measured of one thing. */
export interface MetricSeries {
  readonly service: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The value that arrived last. */
  readonly latest: number;
  readonly latestMs: number;
  /** How many measurements were made. */
  readonly count: number;
  readonly sum: number;
  /** Absent when only sums have arrived. */
  readonly min?: number;
  readonly max?: number;
}

/** Adds up the measurements of each service, name and set of properties, in the order of their names. */
export function summarizeMetrics(items: readonly TelemetryItem[]): MetricSeries[] {
  const series = new Map<string, MetricSeries>();
  for (const item of items) {
    if (item.kind !== "metric") continue;
    const { service, name, attributes } = item;
    const key = JSON.stringify([service, name, Object.entries(attributes).sort()]);
    series.set(key, add(series.get(key), item));
  }
  return [...series.values()].sort((a, b) => compare(a.service, b.service) || compare(a.name, b.name));
}

function add(before: MetricSeries | undefined, point: MetricPoint): MetricSeries {
  const { service, name, attributes, value, count, timeMs } = point;
  const isLatest = !before || timeMs >= before.latestMs;
  const own = count === 1 ? { min: value, max: value } : {};
  const min = least(before?.min, point.min ?? own.min);
  const max = greatest(before?.max, point.max ?? own.max);
  return {
    service,
    name,
    attributes,
    latest: isLatest ? value : before.latest,
    latestMs: isLatest ? timeMs : before.latestMs,
    count: count + (before?.count ?? 0),
    sum: value + (before?.sum ?? 0),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function greatest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
