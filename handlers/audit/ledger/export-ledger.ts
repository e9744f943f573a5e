import type { Collection } from "mongodb";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import type { Batch } from "../../../runtime/ledger/batch.ts";
import type { Checkpoint, StreamHead } from "../../../runtime/ledger/checkpoint.ts";
import type { ExportLine } from "../../../runtime/ledger/export-line.ts";
import type { CheckpointStore } from "./checkpoint-store.ts";
import type { LedgerOrigin } from "./ledger-origin.ts";
import { shardOf, type StoredBatch } from "./stored-batch.ts";

export interface ExportOptions {
  readonly batches: Collection<StoredBatch>;
  readonly origin: LedgerOrigin;
  readonly checkpoints: CheckpointStore;
}

/** About how much is read from the database at once, in characters of entries, and how many batches at most. */
const PAGE_TEXT = 2_000_000;
const MAX_PAGE = 256;
const DEADLINE_MS = 10_000;

/**
 * The ledger up to a checkpoint, line by line: what it is, the checkpoints that changed the key, the batches of each stream,
 * and the checkpoint. It is told as it is stored, and judged by who reads it. Nothing is kept on the server between two
 * pages, so a slow reader costs nothing.
 */
export async function* exportLedger(
  { batches, origin, checkpoints }: ExportOptions,
  end: Checkpoint,
): AsyncGenerator<ExportLine, void, undefined> {
  yield { type: "ledger", form: 1, ledger: origin.ledger };
  for (const checkpoint of await checkpoints.rotationsUpTo(end.sequence - 1))
    yield { type: "checkpoint", ...checkpoint };
  for (const head of end.streams)
    for await (const batch of batchesUpTo(batches, origin, head)) yield { type: "batch", ...batch };
  yield { type: "checkpoint", ...end };
}

async function* batchesUpTo(
  batches: Collection<StoredBatch>,
  { epoch: first }: LedgerOrigin,
  head: StreamHead,
): AsyncGenerator<Batch, void, undefined> {
  let [epoch, seq, limit] = [first, 0, MAX_PAGE / 8];
  while (seq <= head.seq) {
    const filter = { shard: shardOf(head.stream, epoch), seq: { $gte: seq, $lte: head.seq } };
    const read = () => batches.find(filter).sort({ shard: 1, seq: 1 }).limit(limit).toArray();
    const page = await withThrottling(read, { deadlineMs: DEADLINE_MS });
    const last = page.at(-1);
    if (!last) return;
    yield* page.map(exported);
    seq = last.seq + 1;
    // Wherever it leads: `seq` only grows, and who reads the export judges it.
    epoch = last.next ?? epoch;
    limit = nextLimit(page);
  }
}

function nextLimit(page: readonly StoredBatch[]): number {
  const text = page.reduce((sum, { entries }) => sum + entries.reduce((all, one) => all + one.length, 0), 0);
  return Math.max(1, Math.min(MAX_PAGE, Math.floor((PAGE_TEXT * page.length) / Math.max(text, 1))));
}

/** What is hashed, without what the register keeps beside it. */
function exported({
  stream,
  epoch,
  seq,
  firstIndex,
  size,
  root,
  previous,
  next,
  entries,
}: StoredBatch): Batch {
  return {
    stream,
    epoch,
    seq,
    firstIndex,
    size,
    root,
    previous,
    ...(next !== undefined && { next }),
    entries,
  };
}
