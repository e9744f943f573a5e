import type { Measurement } from "../metrics.ts";
import type { SpanRecord } from "../span-record.ts";

/** What the exporter's thread is started with. */
export interface ExporterOptions {
  readonly connectionString: string;
  /** The origin of the ingestion endpoint. */
  readonly endpoint: string;
  /** Present when what is sent needs a token of an identity. */
  readonly identity?: { readonly clientId?: string };
}

/** To the thread. */
export type ToExporter =
  | {
      readonly type: "batch";
      readonly spans: readonly SpanRecord[];
      readonly measurements: readonly Measurement[];
    }
  /** Send what there is, metrics included. */
  | { readonly type: "flush" };

/** From the thread. */
export type FromExporter =
  /** The spans of a batch have been sent, or could not be, so that another may follow. */
  | { readonly type: "done"; readonly lost: number }
  | { readonly type: "flushed" }
  /** Whether the collector took the last thing that was sent; told when it changes. */
  | { readonly type: "collector"; readonly isAway: boolean; readonly reason: string };
