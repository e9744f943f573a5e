/**
 * The built-in cache of the `cache-*-value` policies: values with a duration, forgotten when it is over or, oldest first, when
 * there are too many.
 */
export class ValueCache {
  readonly #now: () => number;
  readonly #capacity: number;
  readonly #entries = new Map<string, { readonly value: unknown; readonly until: number }>();

  /** @param now milliseconds; @param capacity most entries */
  constructor(now: () => number, capacity = 10_000) {
    this.#now = now;
    this.#capacity = capacity;
  }

  /** The value, boxed since it may be null; undefined when there is none. */
  lookup(key: string): { readonly value: unknown } | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.until > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  /** @param seconds how long the value counts */
  store(key: string, value: unknown, seconds: number): void {
    this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#capacity && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { value, until: this.#now() + seconds * 1000 });
  }

  remove(key: string): void {
    this.#entries.delete(key);
  }
}
