import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import type { Batch } from "../../../runtime/ledger/batch.ts";
import type { Digest } from "../../../runtime/ledger/hash.ts";

/**
 * The batches of the ledger. A stream's epoch is a partition: it stays below Cosmos DB's 20 GB. `record` comes before
 * `sequence`, because a planner that finds both equally good takes the first.
 */
export const batchCollection = {
  name: "batches",
  shardKey: "shard",
  indexes: [
    { name: "record", key: { ids: 1 } },
    { name: "sequence", key: { shard: 1, seq: 1 } },
    { name: "leaf", key: { stream: 1, firstIndex: 1 } },
  ],
} as const satisfies CollectionDeclaration;

/** A batch as it is stored, with what makes it quick to find and to continue. Nobody who verifies trusts the latter. */
export interface StoredBatch extends Batch {
  /** `<stream>-<epoch>/<seq>`: unique, which makes an insert a compare-and-swap. */
  readonly _id: string;
  /** `<stream>-<epoch>`. */
  readonly shard: string;
  /** The ids of the records, in the order of the entries. */
  readonly ids: readonly string[];
  readonly hash: Digest;
  /** The roots of the subtrees that this batch has completed. */
  readonly nodes: readonly Digest[];
  /** The peaks of the tree after this batch. */
  readonly peaks: readonly Digest[];
  /** The epochs that the stream had before, the latest first, as far as records are looked for in them. */
  readonly earlier: readonly string[];
  readonly _schema: number;
}

/** @param epoch `202611` */
export function shardOf(stream: string, epoch: string): string {
  return `${stream}-${epoch}`;
}

/** The id that a batch has by its place. */
export function batchId(stream: string, epoch: string, seq: number): string {
  return `${shardOf(stream, epoch)}/${seq}`;
}
