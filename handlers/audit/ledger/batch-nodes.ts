import type { Collection } from "mongodb";
import { nodePosition } from "../../../runtime/ledger/frontier.ts";
import { leafHash } from "../../../runtime/ledger/hash.ts";
import type { NodeSource } from "../../../runtime/ledger/proofs.ts";
import type { StoredBatch } from "./stored-batch.ts";
import { LedgerDamagedError } from "./stream-heads.ts";

const NODES = { firstIndex: 1, size: 1, nodes: 1 } as const;
const ENTRIES = { firstIndex: 1, entries: 1 } as const;

/** The nodes of a stream's tree, each from the batch that completed it. Only of a leaf are entries read: they are large. */
export function batchNodes(batches: Collection<StoredBatch>, stream: string): NodeSource {
  const known: Pick<StoredBatch, keyof typeof NODES>[] = [];
  const nodesOf = async (leaf: number) => {
    const found = known.find(({ firstIndex, size }) => firstIndex <= leaf && leaf < size);
    if (found) return found;
    const read = await readBatchOf(batches, stream, leaf, NODES);
    known.push(read);
    return read;
  };
  return async (level, index) => {
    const lastLeaf = (index + 1) * 2 ** level - 1;
    if (level === 0) {
      const { firstIndex, entries } = await readBatchOf(batches, stream, lastLeaf, ENTRIES);
      return leafHash(entries[lastLeaf - firstIndex] ?? "");
    }
    const { firstIndex, nodes } = await nodesOf(lastLeaf);
    return nodes[nodePosition(firstIndex, level, lastLeaf)] ?? "";
  };
}

/**
 * Batches without entries have none of the leaves, so at most one batch has a leaf.
 * @throws {LedgerDamagedError} when none has it
 */
async function readBatchOf<Members extends keyof StoredBatch>(
  batches: Collection<StoredBatch>,
  stream: string,
  leaf: number,
  projection: Readonly<Record<Members, 1>>,
): Promise<Pick<StoredBatch, Members>> {
  const read = await batches.findOne<Pick<StoredBatch, Members>>(
    { stream, firstIndex: { $lte: leaf }, size: { $gt: leaf } },
    { sort: { stream: -1, firstIndex: -1 }, projection },
  );
  if (!read) throw new LedgerDamagedError(`stream ${stream}: no batch has entry ${leaf}`);
  return read;
}
