import type { Collection } from "mongodb";
import type { Checkpoint, StreamHead } from "../../../runtime/ledger/checkpoint.ts";
import { leafHash, type Digest } from "../../../runtime/ledger/hash.ts";
import {
  consistencyPath,
  inclusionPath,
  verifyConsistency,
  verifyInclusion,
} from "../../../runtime/ledger/proofs.ts";
import { batchNodes } from "./batch-nodes.ts";
import { entriesOf, type PlacedEntry, type WholeBatch } from "./find-stored.ts";
import type { StoredBatch } from "./stored-batch.ts";
import { LedgerDamagedError } from "./stream-heads.ts";
import { streamOf } from "./streams.ts";

/** That a record is in the ledger that a checkpoint has seen. */
export interface RecordProof {
  /** The record's canonical text, as it was hashed: ids of people are sealed. */
  readonly entry: string;
  /** SHA-256(0x00 || entry). */
  readonly leaf: Digest;
  readonly stream: string;
  /** Of its batch. */
  readonly seq: number;
  /** Of the entry within the stream. */
  readonly index: number;
  /** From the leaf up to the root that the checkpoint has of the stream (RFC 9162, 2.1.3). */
  readonly path: readonly Digest[];
  readonly checkpoint: Checkpoint;
}

/** That the ledger of one checkpoint is the beginning of that of another. */
export interface ConsistencyProof {
  readonly from: Checkpoint;
  readonly to: Checkpoint;
  /** Of each stream that has entries in `from` (RFC 9162, 2.1.4). */
  readonly streams: readonly { readonly stream: string; readonly path: readonly Digest[] }[];
}

/** The entry of a record, wherever it is. */
export async function findEntry(
  batches: Collection<StoredBatch>,
  recordId: string,
): Promise<PlacedEntry | undefined> {
  const batch = await batches.findOne<WholeBatch>(
    { ids: recordId, stream: streamOf(recordId) },
    { projection: { stream: 1, epoch: 1, seq: 1, firstIndex: 1, ids: 1, entries: 1 } },
  );
  return batch ? entriesOf(batch).find(({ id }) => id === recordId) : undefined;
}

/**
 * @returns `undefined` when the checkpoint is older than the entry
 * @throws {LedgerDamagedError} when what is stored proves nothing
 */
export async function proveEntry(
  batches: Collection<StoredBatch>,
  { text, stream, seq, index }: PlacedEntry,
  checkpoint: Checkpoint,
): Promise<RecordProof | undefined> {
  const head = headOf(checkpoint, stream);
  if (!head || head.size <= index) return undefined;
  const leaf = leafHash(text);
  const path = await inclusionPath(index, head.size, batchNodes(batches, stream));
  if (!verifyInclusion(leaf, index, head.size, path, head.root))
    throw new LedgerDamagedError(`stream ${stream}: entry ${index} is not what was stored`);
  return { entry: text, leaf, stream, seq, index, path, checkpoint };
}

/**
 * @param from not after `to`
 * @throws {LedgerDamagedError} when what is stored proves nothing
 */
export async function proveConsistency(
  batches: Collection<StoredBatch>,
  from: Checkpoint,
  to: Checkpoint,
): Promise<ConsistencyProof> {
  const heads = from.streams.filter(({ size }) => size > 0);
  const streams = await Promise.all(
    heads.map(async (head) => ({
      stream: head.stream,
      path: await proveGrowth(batches, head, headOf(to, head.stream)),
    })),
  );
  return { from, to, streams };
}

async function proveGrowth(
  batches: Collection<StoredBatch>,
  from: StreamHead,
  to: StreamHead | undefined,
): Promise<Digest[]> {
  const { stream } = from;
  const damaged = new LedgerDamagedError(`stream ${stream}: it has not grown out of what it was`);
  if (!to || to.size < from.size) throw damaged;
  const path = await consistencyPath(from.size, to.size, batchNodes(batches, stream));
  if (!verifyConsistency(from, to, path)) throw damaged;
  return path;
}

function headOf({ streams }: Checkpoint, stream: string): StreamHead | undefined {
  return streams.find((head) => head.stream === stream);
}
