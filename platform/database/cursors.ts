import { randomInt } from "node:crypto";
import { CommandError } from "./errors.ts";
import type { Collection } from "./store/collection.ts";
import { namespaceOf } from "./store/collection.ts";

/** How long a cursor that nobody reads is kept, in milliseconds, as MongoDB's `cursorTimeoutMillis`. */
export const cursorTimeoutMs = 600_000;

/** The most bytes of documents in one batch. */
const maxBatchBytes = 16 * 1024 * 1024;

interface Cursor {
  readonly namespace: string;
  readonly rest: Iterator<Uint8Array, unknown>;
  /** Taken already, and first in the next batch. */
  next: Uint8Array | undefined;
  usedAt: number;
}

/** One batch, and the cursor for the rest: 0 when there is none. */
export interface Batch {
  readonly id: number;
  readonly documents: Uint8Array[];
}

/** The open cursors of a server. */
export class Cursors {
  readonly #cursors = new Map<number, Cursor>();
  readonly #now: () => number;
  /** Cursors that were read since the last commit. */
  readonly #unsettled = new Set<number>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The first batch of a result; what does not fit waits in a cursor, unless `single`. */
  open(namespace: string, documents: Iterable<Uint8Array>, batchSize: number, single: boolean): Batch {
    const rest = documents[Symbol.iterator]();
    const cursor: Cursor = { namespace, rest, next: undefined, usedAt: this.#now() };
    const batch = takeBatch(cursor, batchSize);
    if (!cursor.next && batchSize > 0) return { id: 0, documents: batch };
    if (single) return { id: close(cursor), documents: batch };
    const id = this.#freshId();
    this.#cursors.set(id, cursor);
    this.#unsettled.add(id);
    return { id, documents: batch };
  }

  /** The next batch. @throws {CommandError} `CursorNotFound` for one that ended, timed out or was killed */
  more(id: number, namespace: string, batchSize: number): Batch {
    this.expire();
    const cursor = this.#cursors.get(id);
    if (cursor?.namespace !== namespace)
      throw new CommandError("CursorNotFound", `cursor id ${id} not found`);
    cursor.usedAt = this.#now();
    this.#unsettled.add(id);
    const documents = takeBatch(cursor, batchSize);
    if (cursor.next) return { id, documents };
    this.#cursors.delete(id);
    return { id: 0, documents };
  }

  /** @returns whether there was such a cursor */
  kill(id: number): boolean {
    const cursor = this.#cursors.get(id);
    if (cursor) close(cursor);
    return this.#cursors.delete(id);
  }

  /** The answers that were read from cursors are about to leave. */
  settle(): void {
    this.#unsettled.clear();
  }

  /** Those answers will never leave: a cursor that went on without its reader must not be read again. */
  abandon(): void {
    for (const id of this.#unsettled) this.kill(id);
    this.#unsettled.clear();
  }

  /** Kills the cursors of a collection whose tables are about to go. */
  killAll(collection: Collection): void {
    for (const [id, { namespace }] of this.#cursors) {
      if (namespace === namespaceOf(collection)) this.kill(id);
    }
  }

  /** Kills the cursors that nobody has read for ten minutes. */
  expire(): void {
    for (const [id, { usedAt }] of this.#cursors) {
      if (this.#now() - usedAt > cursorTimeoutMs) this.kill(id);
    }
  }

  /** Random, so that one client cannot read on with another's cursor by chance. */
  #freshId(): number {
    const id = randomInt(1, 2 ** 47);
    return this.#cursors.has(id) ? this.#freshId() : id;
  }
}

function close(cursor: Cursor): 0 {
  cursor.rest.return?.();
  return 0;
}

/** Takes one document more than it returns, to know whether there is any. */
function takeBatch(cursor: Cursor, batchSize: number): Uint8Array[] {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  if (batchSize === 0) return batch;
  let next = cursor.next ?? take(cursor);
  while (
    next &&
    batch.length < batchSize &&
    (batch.length === 0 || bytes + next.byteLength <= maxBatchBytes)
  ) {
    batch.push(next);
    bytes += next.byteLength;
    next = take(cursor);
  }
  cursor.next = next;
  return batch;
}

function take({ rest }: Cursor): Uint8Array | undefined {
  const { done, value } = rest.next();
  return done === true || !(value instanceof Uint8Array) ? undefined : value;
}
