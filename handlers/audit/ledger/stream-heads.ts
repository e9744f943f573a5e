import type { Collection } from "mongodb";
import { genesisHash, type StreamState } from "../../../runtime/ledger/batch.ts";
import { EMPTY_FRONTIER } from "../../../runtime/ledger/frontier.ts";
import type { LedgerOrigin } from "./ledger-origin.ts";
import { shardOf, type StoredBatch } from "./stored-batch.ts";

/** The last batch of a stream, without what it holds. */
export type StreamEnd = Pick<
  StoredBatch,
  "stream" | "epoch" | "seq" | "size" | "root" | "hash" | "peaks" | "earlier" | "next"
>;

/** Where a stream stands, and the epochs before in which a record that comes again may be. */
export interface StreamPosition {
  readonly state: StreamState;
  /** The latest first. */
  readonly earlier: readonly string[];
}

/** Something that the ledger cannot be, unless somebody else has written to it. */
export class LedgerDamagedError extends Error {
  override readonly name = "LedgerDamagedError";
}

/**
 * How many epochs before its own a stream remembers. By the calendar one would do; clocks that are ahead of each other may
 * end several in a row.
 */
const REMEMBERED = 3;

/**
 * The last batch of a stream: the last of the last of its epochs. A batch that closes its epoch names the next one, so an
 * old hint leads to the right place, and so does one that is wrong.
 * @param hint an epoch that the stream has reached
 * @returns `undefined` for a stream without a batch
 */
export async function readEnd(
  batches: Collection<StoredBatch>,
  origin: LedgerOrigin,
  stream: string,
  hint: string = origin.epoch,
): Promise<StreamEnd | undefined> {
  let end = await lastOf(batches, stream, hint);
  if (!end && hint !== origin.epoch) end = await lastOf(batches, stream, origin.epoch);
  while (end?.next !== undefined) {
    const following = await lastOf(batches, stream, laterEpoch(end, end.next));
    if (!following) break;
    end = following;
  }
  return end ?? undefined;
}

/** Where a stream stands after its last batch. */
export function positionAfter(
  end: StreamEnd | undefined,
  stream: string,
  { ledger, epoch }: LedgerOrigin,
): StreamPosition {
  if (!end) {
    const hash = genesisHash(ledger, stream);
    return { state: { stream, epoch, seq: 0, hash, frontier: EMPTY_FRONTIER }, earlier: [] };
  }
  const { seq, hash, size, peaks } = end;
  return {
    state: { stream, epoch: end.next ?? end.epoch, seq: seq + 1, hash, frontier: { size, peaks } },
    earlier: earlierAfter(end),
  };
}

/** The epochs that the next batch of the stream remembers. */
export function earlierAfter({ epoch, next, earlier }: Pick<StreamEnd, "epoch" | "next" | "earlier">) {
  return next === undefined ? earlier : [epoch, ...earlier].slice(0, REMEMBERED);
}

/** @throws {LedgerDamagedError} for a batch that leads back: it would be followed for ever */
export function laterEpoch({ stream, epoch }: Pick<StreamEnd, "stream" | "epoch">, next: string): string {
  if (next > epoch) return next;
  throw new LedgerDamagedError(`stream ${stream}: epoch ${epoch} is followed by ${next}`);
}

const END = {
  stream: 1,
  epoch: 1,
  seq: 1,
  size: 1,
  root: 1,
  hash: 1,
  peaks: 1,
  earlier: 1,
  next: 1,
} as const;

function lastOf(batches: Collection<StoredBatch>, stream: string, epoch: string): Promise<StreamEnd | null> {
  return batches.findOne<StreamEnd>(
    { shard: shardOf(stream, epoch) },
    { sort: { shard: -1, seq: -1 }, projection: END },
  );
}
