import { genesisHash, nextBatch } from "../../../runtime/ledger/batch.ts";
import { EMPTY_FRONTIER } from "../../../runtime/ledger/frontier.ts";
import type { BatchDocument, Snapshot } from "./snapshot.ts";

/** The batches of a stream, the first first. */
export function streamOf(snapshot: Snapshot, stream: string): BatchDocument[] {
  return snapshot.batches.filter((one) => one.stream === stream).sort((a, b) => a.seq - b.seq);
}

/**
 * Makes the batches of a stream anew from one on, so that they fit what comes before and what they hold.
 * @param end the first that is left as it is; none by default
 */
export function rewriteStream(snapshot: Snapshot, stream: string, from: number, end = Infinity): void {
  const ledger = snapshot.ledger.find(({ _id }) => _id === "ledger")?.ledger ?? "";
  const batches = streamOf(snapshot, stream);
  let before = batches.filter(({ seq }) => seq < from).at(-1);
  for (const batch of batches.filter(({ seq }) => seq >= from && seq < end)) {
    const state = {
      stream,
      epoch: batch.epoch,
      seq: batch.seq,
      hash: before?.hash ?? genesisHash(ledger, stream),
      frontier: before ? { size: before.size, peaks: before.peaks } : EMPTY_FRONTIER,
    };
    const made = nextBatch(state, batch.entries, batch.next);
    const { frontier, completed } = made.growth;
    Object.assign(batch, made.batch, { hash: made.state.hash, nodes: completed, peaks: frontier.peaks });
    before = batch;
  }
}
