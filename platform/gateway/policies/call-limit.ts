/** What a limit says of a call. */
export interface LimitVerdict {
  readonly admitted: boolean;
  /** Calls left in the window. */
  readonly remaining: number;
  /** Seconds until a call is admitted again; 0 for an admitted one. */
  readonly retryAfter: number;
}

/** Above this many forgotten entries the front of a log is cut off. */
const compaction = 4096;
const mostKeys = 10_000;

/**
 * Counts calls by key in a sliding window, as the classic tiers do. A refused call is not counted.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - rate-limit", usage notes.
 */
export class CallLimit {
  readonly #logs = new Map<string, CallLog>();

  /**
   * @param now milliseconds
   * @param calls admitted in a window; @param period its seconds; @param weight how many calls this one counts for
   */
  admit(key: string, now: number, calls: number, period: number, weight = 1): LimitVerdict {
    const log = this.#log(key);
    log.forget(now - period * 1000);
    if (log.size + weight > calls) {
      return {
        admitted: false,
        remaining: 0,
        retryAfter: Math.max(1, Math.ceil((log.oldest(now) + period * 1000 - now) / 1000)),
      };
    }
    for (let count = 0; count < weight; count++) log.add(now);
    return { admitted: true, remaining: calls - log.size, retryAfter: 0 };
  }

  #log(key: string): CallLog {
    let log = this.#logs.get(key);
    if (log === undefined) {
      const [oldest] = this.#logs.keys();
      if (this.#logs.size >= mostKeys && oldest !== undefined) this.#logs.delete(oldest);
      log = new CallLog();
      this.#logs.set(key, log);
    }
    return log;
  }
}

/** Times of calls, oldest first. */
class CallLog {
  #times: number[] = [];
  #first = 0;

  get size(): number {
    return this.#times.length - this.#first;
  }

  oldest(fallback: number): number {
    return this.#times[this.#first] ?? fallback;
  }

  add(time: number): void {
    this.#times.push(time);
  }

  /** Drops what is not later than the time. */
  forget(until: number): void {
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= until) this.#first++;
    if (this.#first < compaction) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }
}
