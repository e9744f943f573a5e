import type { SpanRecord } from "./span-record.ts";

export interface LocalTraceOptions {
  readonly traceId: string;
  readonly isSampled: boolean;
  /** Of how many hundred traces this is one, when it is sampled. */
  readonly sampleRate: number;
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
  /** Takes what is recorded; absent when nothing is. */
  readonly add: ((records: readonly SpanRecord[]) => void) | undefined;
}

type EndedSpan = Omit<SpanRecord, "sampleRate">;

/** An export of the whole register reads thousands of batches. */
const MAX_HELD = 500;

/**
 * What one process does for one request, or in one run of a job. Its spans are held until their root has ended, and leave
 * together or not at all: those of a trace that is sampled, and those of every failure.
 */
export class LocalTrace {
  readonly traceId: string;
  readonly isSampled: boolean;
  readonly now: () => number;
  readonly #sampleRate: number;
  readonly #add: LocalTraceOptions["add"];
  #held: EndedSpan[] = [];
  #leftOut = 0;
  /** Set once the root has ended. */
  #isKept: boolean | undefined;
  #standsForItself = false;

  constructor({ traceId, isSampled, sampleRate, now, add }: LocalTraceOptions) {
    this.traceId = traceId;
    this.isSampled = isSampled;
    this.now = now;
    this.#sampleRate = sampleRate;
    this.#add = add;
  }

  /** Takes a span that has ended. One that ends after the root leaves at once. */
  ended(span: EndedSpan): void {
    if (!this.#add) return;
    if (this.#isKept === true) this.#send([span]);
    if (this.#isKept !== undefined) return;
    if (this.#held.length >= MAX_HELD && span.kind === "client") this.#leftOut += 1;
    else this.#held.push(span);
  }

  /**
   * The root has ended, and with it what is decided about all.
   * @param hasFailed kept whatever was sampled: it stands for itself, and for no others
   * @param isWorthKeeping otherwise
   */
  close(hasFailed: boolean, isWorthKeeping: boolean): void {
    const held = this.#held;
    this.#held = [];
    this.#isKept = hasFailed || (isWorthKeeping && this.isSampled);
    this.#standsForItself = hasFailed;
    if (this.#isKept && held.length > 0) this.#send(held);
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  #send(spans: readonly EndedSpan[]): void {
    const sampleRate = this.#standsForItself ? 100 : this.#sampleRate;
    this.#add?.(spans.map((span) => ({ ...span, sampleRate })));
  }
}
