import type { Span } from "../../../runtime/telemetry/span.ts";

/** A record on its way into the ledger. */
export interface LedgerEntry {
  /** The record's id. */
  readonly id: string;
  /** Its stream: all records of an access have the same. */
  readonly stream: string;
  /** Its canonical text. */
  readonly text: string;
}

/** What became of entries. */
export interface Appended {
  readonly stored: number;
  /** How many were there already, saying the same. */
  readonly duplicates: number;
  /** The ids of those that are there and say something else: somebody says two things about one access. */
  readonly conflicts: readonly string[];
}

/** An entry that waits for its place in the ledger. */
export interface Waiting {
  readonly entry: LedgerEntry;
  readonly call: AppendCall;
  /** Of the request or job that brings it. */
  readonly span: Span | undefined;
  /** When it came, in milliseconds of the writer's clock. */
  readonly since: number;
  /** How often another process has taken its place. */
  rounds: number;
}

/** One call of the writer, which is done when each of its entries is, or as soon as one has failed. */
export class AppendCall {
  readonly done: Promise<Appended>;
  readonly #resolve: (appended: Appended) => void;
  readonly fail: (error: unknown) => void;
  readonly #conflicts: string[] = [];
  #stored = 0;
  #duplicates = 0;
  readonly #entries: number;

  /** @param entries how many there are */
  constructor(entries: number) {
    const { promise, resolve, reject } = Promise.withResolvers<Appended>();
    this.done = promise;
    this.#resolve = resolve;
    this.fail = reject;
    this.#entries = entries;
    this.#finish();
  }

  stored(): void {
    this.#stored += 1;
    this.#finish();
  }

  duplicate(): void {
    this.#duplicates += 1;
    this.#finish();
  }

  /** @param id of the record */
  conflict(id: string): void {
    this.#conflicts.push(id);
    this.#finish();
  }

  #finish(): void {
    const [stored, duplicates, conflicts] = [this.#stored, this.#duplicates, this.#conflicts];
    if (stored + duplicates + conflicts.length === this.#entries)
      this.#resolve({ stored, duplicates, conflicts });
  }
}
