/** A tile of the workbook: the answer of the query `<id>.kql` beside this file. */
export interface Tile {
  /** In lower case with dashes. */
  readonly id: string;
  /** What people read above it. */
  readonly title: string;
  readonly shown: "table" | "timechart";
  /** Percent of the page. Default: 100. */
  readonly width?: number;
  /** The parameter without whose value it is not shown. */
  readonly needs?: ParameterName;
}

export type ParameterName = "TimeRange" | "Service" | "TraceId";

/** The tiles, from what clients see to what is behind it. */
export const tiles: readonly Tile[] = [
  {
    id: "transaction",
    title: "One trace, from the client to the database",
    shown: "table",
    needs: "TraceId",
  },
  { id: "requests", title: "Answers and errors", shown: "table", width: 50 },
  { id: "latency", title: "How long answers take (ms)", shown: "table", width: 50 },
  { id: "refusals", title: "What the gateway refuses", shown: "table", width: 50 },
  { id: "validation-failures", title: "Which rules requests break", shown: "table", width: 50 },
  { id: "audit-latency", title: "Until a record is durable (ms)", shown: "timechart", width: 33 },
  { id: "batch-size", title: "Records in a batch", shown: "timechart", width: 33 },
  { id: "outbox", title: "Records in the outbox, and seconds waited", shown: "timechart", width: 33 },
  { id: "dependencies", title: "Calls of databases, the register and backends (ms)", shown: "table" },
  { id: "exceptions", title: "Exceptions", shown: "table", width: 50 },
  { id: "jobs", title: "Jobs", shown: "table", width: 50 },
];
