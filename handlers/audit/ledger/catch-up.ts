import type { Collection } from "mongodb";
import { entriesOf, readWhole, type PlacedEntry } from "./find-stored.ts";
import { insertNew } from "./insert-new.ts";
import type { ProjectedRecord } from "./projected-record.ts";
import { shardOf, type StoredBatch } from "./stored-batch.ts";
import { laterEpoch } from "./stream-heads.ts";

/** Up to where a stream is in the records for certain. */
export interface StreamProgress {
  /** The stream. */
  readonly _id: string;
  /** Where the batch after `seq` is, or will be. */
  readonly epoch: string;
  /** Of the last batch whose records are all there; −1 before the first. */
  readonly seq: number;
}

export interface CatchUpOptions {
  readonly batches: Collection<StoredBatch>;
  readonly records: Collection<ProjectedRecord>;
  readonly progress: Collection<StreamProgress>;
  readonly write: (entries: readonly PlacedEntry[]) => Promise<void>;
  /** Ends it between two pages. */
  readonly signal?: AbortSignal;
}

type Listed = Pick<StoredBatch, "_id" | "shard" | "stream" | "epoch" | "seq" | "ids" | "next">;

/** How many batches are looked at together, and how many read whole. */
const MAX_LISTED = 64;
const MAX_WHOLE = 8;

/**
 * Writes the records of a stream that are missing, from where its progress was saved, and saves it again.
 * @returns how many were missing
 */
export async function catchUpStream(from: StreamProgress, options: CatchUpOptions): Promise<number> {
  let at = from;
  let missing = 0;
  while (options.signal?.aborted !== true) {
    const listed = await listAfter(at, options);
    const last = listed.at(-1);
    if (!last) break;
    missing += await writeMissing(listed, options);
    const epoch = last.next === undefined ? last.epoch : laterEpoch(last, last.next);
    at = { _id: at._id, epoch, seq: last.seq };
    await save(at, options);
  }
  return missing;
}

function listAfter({ _id, epoch, seq }: StreamProgress, { batches }: CatchUpOptions): Promise<Listed[]> {
  return batches
    .find({ shard: shardOf(_id, epoch), seq: { $gt: seq } })
    .project<Listed>({ shard: 1, stream: 1, epoch: 1, seq: 1, ids: 1, next: 1 })
    .sort({ shard: 1, seq: 1 })
    .limit(MAX_LISTED)
    .toArray();
}

async function writeMissing(listed: readonly Listed[], options: CatchUpOptions): Promise<number> {
  const ids = listed.flatMap((batch) => batch.ids);
  const found = await options.records
    .find({ _id: { $in: ids } })
    .project<{ _id: string }>({ _id: 1 })
    .toArray();
  const known = new Set(found.map(({ _id }) => _id));
  const lacking = listed.filter((batch) => batch.ids.some((id) => !known.has(id)));
  let written = 0;
  for (let from = 0; from < lacking.length; from += MAX_WHOLE) {
    const whole = await readWhole(options.batches, lacking.slice(from, from + MAX_WHOLE));
    const entries = whole.flatMap(entriesOf).filter(({ id }) => !known.has(id));
    await options.write(entries);
    written += entries.length;
  }
  return written;
}

/** Progress only grows: of two processes that catch up at once, the slower one changes nothing. */
async function save({ _id, epoch, seq }: StreamProgress, { progress }: CatchUpOptions): Promise<void> {
  const added = await insertNew(progress, [{ _id, epoch, seq }]);
  if (added === 0) await progress.updateOne({ _id, seq: { $lt: seq } }, { $set: { epoch, seq } });
}
