export interface GroupCommitOptions<Entry> {
  /**
   * Makes a batch durable, or rejects. `deadline` is in milliseconds of `now`.
   * @returns why entries of the batch were refused, by their index; nothing when all are durable
   */
  readonly send: (
    entries: readonly Entry[],
    deadline: number,
  ) => Promise<ReadonlyMap<number, Error> | undefined>;
  readonly maxBatch: number;
  /** How many batches may be under way at once. */
  readonly concurrency: number;
  /** How long an entry may take from `add` to durable, in milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds on a clock that only goes forward; the process's unless a test brings its own. */
  readonly now?: () => number;
}

interface Waiting<Entry> {
  readonly entry: Entry;
  readonly deadline: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** An entry waited behind others until its time was over. */
export class GroupCommitTimeoutError extends Error {
  override readonly name = "GroupCommitTimeoutError";
}

/**
 * Sends entries in batches with one acknowledgement for all. A batch leaves at once when the line is idle; what arrives
 * meanwhile leaves together when a batch returns.
 */
export class GroupCommit<Entry> {
  readonly #options: GroupCommitOptions<Entry>;
  readonly #now: () => number;
  #waiting: Waiting<Entry>[] = [];
  #underWay = 0;

  constructor(options: GroupCommitOptions<Entry>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Resolves when the entry is durable. Rejects when its batch failed or its time is over. */
  add(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, deadline: this.#now() + this.#options.timeoutMs, resolve, reject });
      // The first of a burst would otherwise leave alone: entries of the same turn travel together.
      if (this.#waiting.length === 1) queueMicrotask(() => this.#flush());
    });
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#underWay < this.#options.concurrency) {
      const batch = this.#take();
      if (batch.length > 0) void this.#sendBatch(batch);
    }
  }

  #take(): Waiting<Entry>[] {
    const batch = this.#waiting.slice(0, this.#options.maxBatch);
    this.#waiting = this.#waiting.slice(batch.length);
    const now = this.#now();
    const late = batch.filter(({ deadline }) => deadline <= now);
    for (const { reject } of late) reject(new GroupCommitTimeoutError("The record waited too long."));
    return late.length > 0 ? batch.filter(({ deadline }) => deadline > now) : batch;
  }

  async #sendBatch(batch: readonly Waiting<Entry>[]): Promise<void> {
    this.#underWay++;
    try {
      const deadline = Math.min(...batch.map((one) => one.deadline));
      const refused = await this.#options.send(
        batch.map((one) => one.entry),
        deadline,
      );
      for (const [index, { resolve, reject }] of batch.entries()) {
        const reason = refused?.get(index);
        if (reason) reject(reason);
        else resolve();
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#underWay--;
      this.#flush();
    }
  }
}
