import type { Collection } from "mongodb";
import { nodePosition } from "../../../runtime/ledger/frontier.ts";
import { leafHash } from "../../../runtime/ledger/hash.ts";
import type { NodeSource } from "../../../runtime/ledger/proofs.ts";
import type { StoredBatch } from "./stored-batch.ts";
import { LedgerDamagedError } from "./stream-heads.ts";

type Nodes = Pick<StoredBatch, "firstIndex" | "size" | "nodes" | "entries">;

/** The nodes of a stream's tree, each from the batch that completed it. Batches are read once. */
export function batchNodes(batches: Collection<StoredBatch>, stream: string): NodeSource {
  const known: Nodes[] = [];
  const batchOf = async (leaf: number): Promise<Nodes> => {
    const read =
      known.find(({ firstIndex, size }) => firstIndex <= leaf && leaf < size) ??
      (await readBatchOf(batches, stream, leaf));
    if (!read) throw new LedgerDamagedError(`stream ${stream}: no batch has entry ${leaf}`);
    known.push(read);
    return read;
  };
  return async (level, index) => {
    const lastLeaf = (index + 1) * 2 ** level - 1;
    const { firstIndex, nodes, entries } = await batchOf(lastLeaf);
    if (level === 0) return leafHash(entries[lastLeaf - firstIndex] ?? "");
    return nodes[nodePosition(firstIndex, level, lastLeaf)] ?? "";
  };
}

/** Batches without entries have none of the leaves, so at most one batch has a leaf. */
function readBatchOf(batches: Collection<StoredBatch>, stream: string, leaf: number): Promise<Nodes | null> {
  return batches.findOne<Nodes>(
    { stream, firstIndex: { $lte: leaf }, size: { $gt: leaf } },
    {
      sort: { stream: -1, firstIndex: -1 },
      projection: { firstIndex: 1, size: 1, nodes: 1, entries: 1 },
    },
  );
}
