/** Another span that a span was made for or by, without being its child. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** What happened in a service, at one moment or over a time. */
export interface Span {
  readonly kind: "request" | "dependency" | "exception" | "message";
  /** 16 hexadecimal digits; exceptions and messages, which have no id of their own, get one of this store's. */
  readonly id: string;
  /** Empty for what has no parent. */
  readonly parentId: string;
  readonly traceId: string;
  /** The cloud role: which application. */
  readonly service: string;
  /** The cloud role's instance: which process. */
  readonly instance: string;
  /** What was asked of whom; an exception's type; a message's text. */
  readonly name: string;
  /** The request that the span served; the span's own name when it does not say. */
  readonly operation: string;
  /** Of a dependency: `HTTP`, `mongodb`, `InProc`… */
  readonly type?: string;
  readonly target?: string;
  readonly resultCode?: string;
  readonly success?: boolean;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly durationMs?: number;
  /** In percent: a span sent at 10 stands for ten. */
  readonly sampleRate: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly SpanLink[];
}

/** One measurement, or several that the sender has added up. */
export interface MetricPoint {
  readonly kind: "metric";
  readonly service: string;
  readonly name: string;
  readonly value: number;
  /** How many measurements `value` is the sum of; 1. */
  readonly count: number;
  readonly min?: number;
  readonly max?: number;
  readonly timeMs: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the views show of an envelope. */
export type TelemetryItem = Span | MetricPoint;
