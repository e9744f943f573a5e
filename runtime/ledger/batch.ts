import { canonicalText } from "./canonical.ts";
import { appendLeaves, rootOf, type Frontier, type Growth } from "./frontier.ts";
import { leafHash, sha256, type Digest } from "./hash.ts";

/** What a batch says of itself; its hash commits to every entry through the root. */
export interface BatchHeader {
  /** The stream's name, `s00` to `s63`. */
  readonly stream: string;
  /** The partition that the batch is in, `202611`. */
  readonly epoch: string;
  /** Within the stream, from 0 on, without a gap, across epochs. */
  readonly seq: number;
  /** The index of the first entry within the stream. */
  readonly firstIndex: number;
  /** How many entries the stream has, this batch included. */
  readonly size: number;
  /** The root of the Merkle tree over all entries of the stream, this batch included. */
  readonly root: Digest;
  /** The hash of the batch before; of the first, `genesisHash`. */
  readonly previous: Digest;
  /** The epoch that follows: this batch is the last of its own. */
  readonly next?: string;
}

/** A batch as it is exported. Each entry is the canonical text of a record. */
export interface Batch extends BatchHeader {
  readonly entries: readonly string[];
}

/** Where a stream stands: what its next batch has to continue. */
export interface StreamState {
  readonly stream: string;
  readonly epoch: string;
  /** Of the next batch. */
  readonly seq: number;
  /** Of the last batch. */
  readonly hash: Digest;
  readonly frontier: Frontier;
}

/** The hash that the next batch names as `previous`. */
export function batchHash({
  stream,
  epoch,
  seq,
  firstIndex,
  size,
  root,
  previous,
  next,
}: BatchHeader): Digest {
  return sha256(canonicalText({ stream, epoch, seq, firstIndex, size, root, previous, next }));
}

/** What the first batch of a stream names as `previous`: it binds the stream to one ledger. */
export function genesisHash(ledger: string, stream: string): Digest {
  return sha256(canonicalText({ ledger, stream }));
}

/** Makes the batch that continues a stream, and says where the stream stands after it. */
export function nextBatch(
  state: StreamState,
  entries: readonly string[],
  next?: string,
): { readonly batch: Batch; readonly growth: Growth; readonly state: StreamState } {
  const growth = appendLeaves(state.frontier, entries.map(leafHash));
  const header: BatchHeader = {
    stream: state.stream,
    epoch: state.epoch,
    seq: state.seq,
    firstIndex: state.frontier.size,
    size: growth.frontier.size,
    root: rootOf(growth.frontier),
    previous: state.hash,
    ...(next !== undefined && { next }),
  };
  const after = {
    ...state,
    epoch: next ?? state.epoch,
    seq: state.seq + 1,
    hash: batchHash(header),
    frontier: growth.frontier,
  };
  return { batch: { ...header, entries }, growth, state: after };
}
