import type { SpanAttributes } from "./attributes.ts";
import { describeException } from "./describe-exception.ts";
import type { LocalTrace } from "./local-trace.ts";
import { randomId } from "./random-id.ts";
import type { SpanException, SpanKind } from "./span-record.ts";
import { traceparentOf } from "./trace-context.ts";
import type { TraceContext } from "./trace-context.ts";

/**
 * Something that takes time and belongs to a trace: a request, a run of a job, or a call that one of them makes. It has its ids
 * whether it is recorded or not: they travel on, and the register keeps them.
 */
export class Span implements TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly #parentId: string | undefined;
  readonly #trace: LocalTrace;
  readonly #name: string;
  readonly #kind: SpanKind;
  readonly #startMs: number;
  #attributes: SpanAttributes;
  #links: TraceContext[] = NO_LINKS;
  #exception: SpanException | undefined;
  #hasFailed = false;
  #hasEnded = false;

  constructor(
    trace: LocalTrace,
    kind: SpanKind,
    name: string,
    parentId?: string,
    attributes: SpanAttributes = {},
  ) {
    this.traceId = trace.traceId;
    this.spanId = randomId(8);
    this.#trace = trace;
    this.#kind = kind;
    this.#name = name;
    this.#parentId = parentId;
    this.#attributes = attributes;
    this.#startMs = trace.now();
  }

  /** For the calls that this span makes. */
  get traceparent(): string {
    return traceparentOf(this, this.#trace.isSampled);
  }

  /** Whether it is recorded however it ends. */
  get isSampled(): boolean {
    return this.#trace.isSampled;
  }

  get failed(): boolean {
    return this.#hasFailed;
  }

  /** Begins a call that this span waits for. */
  call(name: string, attributes: SpanAttributes): Span {
    return new Span(this.#trace, "client", name, this.spanId, attributes);
  }

  set(attributes: SpanAttributes): void {
    this.#attributes = { ...this.#attributes, ...attributes };
  }

  /** Says that this span has something to do with another one, which is not its parent. Its own are left out. */
  link({ traceId, spanId }: TraceContext): void {
    if (spanId === this.spanId || this.#links.length >= MAX_LINKS) return;
    this.#links = [...this.#links, { traceId, spanId }];
  }

  /** Marks it as failed. What it failed with is told by name, never by its message. */
  fail(error?: unknown): void {
    this.#hasFailed = true;
    if (error !== undefined) this.#exception = describeException(error);
  }

  /** Only its first end counts. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const parentId = this.#parentId;
    this.#trace.ended({
      traceId: this.traceId,
      spanId: this.spanId,
      ...(parentId !== undefined && { parentId }),
      name: this.#name,
      kind: this.#kind,
      startMs: this.#startMs,
      durationMs: Math.max(0, this.#trace.now() - this.#startMs),
      failed: this.#hasFailed,
      attributes: this.#attributes,
      links: this.#links,
      ...(this.#exception && { exception: this.#exception }),
    });
  }
}

/** As many as Application Insights keeps of one property's text. */
const MAX_LINKS = 100;
const NO_LINKS: TraceContext[] = [];
