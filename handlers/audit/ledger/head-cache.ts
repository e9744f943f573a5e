import type { Collection } from "mongodb";
import type { LedgerOrigin, StreamHints } from "./ledger-origin.ts";
import type { StoredBatch } from "./stored-batch.ts";
import { positionAfter, readEnd, type StreamPosition } from "./stream-heads.ts";

/** Where this process believes the streams to stand. A belief that is old costs a refused insert, nothing else. */
export class HeadCache {
  readonly #batches: Collection<StoredBatch>;
  readonly #origin: LedgerOrigin;
  readonly #hints: StreamHints;
  readonly #known = new Map<string, StreamPosition>();
  readonly #epochs = new Map<string, string>();
  #hinted = false;

  constructor(batches: Collection<StoredBatch>, origin: LedgerOrigin, hints: StreamHints) {
    this.#batches = batches;
    this.#origin = origin;
    this.#hints = hints;
  }

  /** Makes sure that something is believed of each of the streams. @throws what the driver throws */
  async load(streams: readonly string[]): Promise<void> {
    const unknown = streams.filter((stream) => !this.#known.has(stream));
    if (unknown.length === 0) return;
    await this.#readHints();
    await Promise.all(unknown.map((stream) => this.#read(stream)));
  }

  /** @throws {Error} when the stream has not been loaded */
  get(stream: string): StreamPosition {
    const position = this.#known.get(stream);
    if (!position) throw new Error(`stream ${stream} has not been loaded`);
    return position;
  }

  /** What is believed of a stream, if anything is. */
  peek(stream: string): StreamPosition | undefined {
    return this.#known.get(stream);
  }

  set(stream: string, position: StreamPosition): void {
    this.#known.set(stream, position);
    this.#epochs.set(stream, position.state.epoch);
  }

  forget(stream: string): void {
    this.#known.delete(stream);
  }

  async #read(stream: string): Promise<void> {
    const end = await readEnd(this.#batches, this.#origin, stream, this.#epochs.get(stream));
    this.#known.set(stream, positionAfter(end, stream, this.#origin));
    if (end) this.#epochs.set(stream, end.epoch);
  }

  async #readHints(): Promise<void> {
    if (this.#hinted) return;
    for (const [stream, epoch] of await this.#hints.read()) this.#epochs.set(stream, epoch);
    this.#hinted = true;
  }
}
