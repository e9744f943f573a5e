import { setImmediate as nextTurn } from "node:timers/promises";
import type { Envelope } from "../envelope.ts";
import { readItem } from "./read-item.ts";
import type { TelemetryItem } from "./span.ts";

/** How much a store keeps. */
export interface StoreLimits {
  /** Envelopes. */
  readonly maxItems: number;
  /** Bytes of the bodies as they arrived; envelopes received within the process count as 1 KiB each. */
  readonly maxBytes: number;
}

/**
 * The newest telemetry, in the order of its arrival. What arrives is kept as it is, and read once somebody looks.
 * When there is too much, the oldest is dropped.
 */
export class TelemetryStore {
  readonly #limits: StoreLimits;
  readonly #parse: (body: Buffer) => readonly Envelope[];
  readonly #listeners = new Set<() => void>();
  #batches: Batch[] = [];
  /** The oldest batch's index: moving all batches down for each that is dropped would cost more than the dropping. */
  #first = 0;
  #open: { readonly batch: Batch; readonly envelopes: Envelope[] } | undefined;
  #items = 0;
  #bytes = 0;
  #dropped = 0;
  #sequence = 0;

  /** @param parse reads the accepted envelopes of a body */
  constructor(limits: StoreLimits, parse: (body: Buffer) => readonly Envelope[]) {
    this.#limits = limits;
    this.#parse = parse;
  }

  /** How many envelopes are kept. */
  get size(): number {
    return this.#items;
  }

  /** How many bytes of what arrived they stand for. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Where the arrivals stand: `read` of what came after now takes this. */
  mark(): number {
    this.#open = undefined;
    return this.#sequence;
  }

  /** How many envelopes were dropped, since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @param count how many envelopes `parse` will find in the body */
  addBody(body: Buffer, count: number): void {
    this.#open = undefined;
    this.#append(count, body.length, () => this.#parse(body));
    this.#settle();
  }

  /** The envelopes must not be changed afterwards. */
  addEnvelopes(added: readonly Envelope[]): void {
    for (const envelope of added) this.#addEnvelope(envelope);
    this.#settle();
  }

  /** Calls back each time something was added, until the function that it returns is called. */
  onAdd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * The items that are kept, in the order of their arrival.
   *
   * @param after only what arrived after this mark, or after an earlier reading's `upTo`
   */
  async read(after = 0): Promise<{ items: TelemetryItem[]; upTo: number }> {
    const upTo = this.mark();
    const wanted = this.#batches.slice(this.#first).filter(({ sequence }) => sequence > after);
    let turnEnds = performance.now() + TURN_MS;
    for (const batch of wanted) {
      if (batch.parse === undefined) continue;
      readBatch(batch);
      if (performance.now() < turnEnds) continue;
      await nextTurn();
      turnEnds = performance.now() + TURN_MS;
    }
    return { items: wanted.flatMap(({ items, skipped }) => items.slice(skipped).filter(isShown)), upTo };
  }

  /** Envelopes of this process arrive one by one, and would make a batch each. */
  #addEnvelope(envelope: Envelope): void {
    if (!this.#open || this.#open.envelopes.length >= OPEN_BATCH) {
      const envelopes: Envelope[] = [];
      this.#open = { batch: this.#append(0, 0, () => envelopes), envelopes };
    }
    this.#open.envelopes.push(envelope);
    this.#open.batch.count += 1;
    this.#open.batch.bytes += ENVELOPE_BYTES;
    this.#items += 1;
    this.#bytes += ENVELOPE_BYTES;
  }

  #append(count: number, bytes: number, parse: () => readonly Envelope[]): Batch {
    this.#sequence += 1;
    const batch: Batch = { sequence: this.#sequence, count, bytes, skipped: 0, parse, items: [] };
    this.#batches.push(batch);
    this.#items += count;
    this.#bytes += bytes;
    return batch;
  }

  #settle(): void {
    while (this.#bytes > this.#limits.maxBytes) this.#dropFirst();
    while (this.#items > this.#limits.maxItems) this.#dropItems(this.#items - this.#limits.maxItems);
    for (const listener of this.#listeners) listener();
  }

  /** Drops of the oldest batch what is too much. */
  #dropItems(excess: number): void {
    const batch = this.#batches[this.#first];
    if (batch && batch.count - batch.skipped > excess) {
      batch.skipped += excess;
      this.#items -= excess;
      this.#dropped += excess;
    } else this.#dropFirst();
  }

  #dropFirst(): void {
    const batch = this.#batches[this.#first];
    if (!batch) return;
    if (batch === this.#open?.batch) this.#open = undefined;
    const left = batch.count - batch.skipped;
    this.#items -= left;
    this.#dropped += left;
    this.#bytes -= batch.bytes;
    batch.parse = undefined;
    batch.items = [];
    this.#first += 1;
    if (this.#first * 2 > this.#batches.length) this.#compact();
  }

  #compact(): void {
    this.#batches = this.#batches.slice(this.#first);
    this.#first = 0;
  }
}

/** What arrived together. */
interface Batch {
  readonly sequence: number;
  count: number;
  bytes: number;
  /** How many of its first envelopes have been dropped. */
  skipped: number;
  /** Absent once `items` holds an entry for each envelope. */
  parse: (() => readonly Envelope[]) | undefined;
  items: readonly (TelemetryItem | undefined)[];
}

/** The longest that reading keeps the process from serving requests, in milliseconds, unless one body takes longer. */
const TURN_MS = 8;

const OPEN_BATCH = 256;

const ENVELOPE_BYTES = 1024;

function readBatch(batch: Batch): void {
  const envelopes = batch.parse?.() ?? [];
  batch.items = envelopes.map((envelope, index) => readItem(envelope, `${batch.sequence}-${index}`));
  batch.parse = undefined;
}

function isShown(item: TelemetryItem | undefined): item is TelemetryItem {
  return item !== undefined;
}
