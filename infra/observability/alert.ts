/** An alert of the table: what raises it, and what it means. */
export type Alert = LogAlert | MetricAlert;

interface AlertBase {
  /** Lower case with dashes: its name in Azure, and its section in `docs/runbooks.md`. */
  readonly id: string;
  /**
   * 0: the register can no longer be trusted. 1: somebody has to act now. 2: act today. 3: look at it this week.
   *
   * Source: Microsoft Learn, "Alert severity".
   */
  readonly severity: 0 | 1 | 2 | 3;
  /** What it means, in one sentence. The operators' mail begins with it. */
  readonly means: string;
  /** It is raised when what was found exceeds this. */
  readonly threshold: number;
  /** How far back it looks, as ISO 8601. */
  readonly window: Duration;
  /** How often it looks. */
  readonly every: Duration;
}

/**
 * Raised by the query `queries/<id>.kql`, which answers with a column `found` and, where `by` is `app`, one row for each app.
 * The window is longer than the interval, since a line takes minutes to arrive.
 */
export interface LogAlert extends AlertBase {
  readonly kind: "log";
  readonly by?: "app" | "job";
  /**
   * A `state` is over when the query finds nothing any more, and operators are told so. An `event` is never over by itself: they
   * are told once an hour while it recurs.
   */
  readonly is: "state" | "event";
}

/** Raised by a metric of one resource; it is a state. */
export interface MetricAlert extends AlertBase {
  readonly kind: "metric";
  /** Whose metric: each app's database, or API Management. */
  readonly of: "databases" | "gateway";
  /** Source: Microsoft Learn, "Supported metrics with Azure Monitor". */
  readonly metric: string;
  readonly aggregation: "Average" | "Count" | "Total";
  /** Only where a dimension has one of these values. */
  readonly where?: { readonly dimension: string; readonly values: readonly string[] };
}

/** Those that both kinds of rules take. */
export type Duration = "PT5M" | "PT15M" | "PT30M" | "PT1H" | "PT6H" | "P1D";
