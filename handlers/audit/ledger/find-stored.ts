import type { Collection } from "mongodb";
import type { StoredBatch } from "./stored-batch.ts";

/** Where an entry is in the ledger. */
export interface EntryPlace {
  readonly stream: string;
  readonly epoch: string;
  /** Of its batch. */
  readonly seq: number;
  /** Within the stream. */
  readonly index: number;
}

/** An entry of the ledger. */
export interface PlacedEntry extends EntryPlace {
  /** The record's id. */
  readonly id: string;
  /** The canonical text. */
  readonly text: string;
}

/** How many batches are read whole at once: each may be near a megabyte. */
const MAX_WHOLE = 16;

/**
 * Looks for records in the ledger.
 * @param shards the epochs of streams that are looked through
 * @returns those that are there, by id
 */
export async function findStored(
  batches: Collection<StoredBatch>,
  shards: readonly string[],
  ids: readonly string[],
): Promise<Map<string, PlacedEntry>> {
  const hits = await batches
    .find({ shard: { $in: [...shards] }, ids: { $in: [...ids] } })
    .project<Pick<StoredBatch, "_id" | "shard">>({ _id: 1, shard: 1 })
    .toArray();
  const wanted = new Set(ids);
  const found = new Map<string, PlacedEntry>();
  for (let from = 0; from < hits.length; from += MAX_WHOLE) {
    for (const batch of await readWhole(batches, hits.slice(from, from + MAX_WHOLE))) {
      for (const entry of entriesOf(batch)) if (wanted.has(entry.id)) found.set(entry.id, entry);
    }
  }
  return found;
}

/** Reads batches with their entries. */
export function readWhole(
  batches: Collection<StoredBatch>,
  hits: readonly Pick<StoredBatch, "_id" | "shard">[],
): Promise<WholeBatch[]> {
  const ids = hits.map(({ _id }) => _id);
  const shards = [...new Set(hits.map(({ shard }) => shard))];
  return batches
    .find({ _id: { $in: ids }, shard: { $in: shards } })
    .project<WholeBatch>({ stream: 1, epoch: 1, seq: 1, firstIndex: 1, ids: 1, entries: 1 })
    .toArray();
}

export type WholeBatch = Pick<StoredBatch, "stream" | "epoch" | "seq" | "firstIndex" | "ids" | "entries">;

/** The entries of a batch with their places. */
export function entriesOf({ stream, epoch, seq, firstIndex, ids, entries }: WholeBatch): PlacedEntry[] {
  return entries.map((text, position) => ({
    id: ids[position] ?? "",
    text,
    stream,
    epoch,
    seq,
    index: firstIndex + position,
  }));
}
