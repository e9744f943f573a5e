import { batchId, shardOf } from "../../../../handlers/audit/ledger/stored-batch.ts";
import type { Random } from "../random.ts";
import { rewriteStream, streamOf } from "../rewrite-stream.ts";
import type { BatchDocument } from "../snapshot.ts";
import { anyBatch, type Attack, type Mutation } from "./mutation.ts";

/** Batches and entries that are gone, moved, doubled or made up, by somebody who has no key. */
export const STRUCTURE: readonly Mutation[] = (
  [
    ["delete a batch", (attack) => remove(attack, [anyBatch(attack)])],
    ["delete an entry", (attack) => editEntries(attack, 1, (entries, at) => entries.toSpliced(at, 1))],
    [
      "duplicate an entry",
      (attack) => editEntries(attack, 1, (entries, at) => entries.toSpliced(at, 0, entries[at] ?? "")),
    ],
    [
      "swap two entries of a batch",
      (attack) =>
        editEntries(attack, 2, (entries, at) => {
          const other = (at + 1) % entries.length;
          return entries.with(at, entries[other] ?? "").with(other, entries[at] ?? "");
        }),
    ],
    ["swap entries of two batches", swapEntries],
    [
      "swap two batches of a stream",
      (attack) => swapBatches(attack, (one, other) => one.stream === other.stream),
    ],
    [
      "swap batches of two streams",
      (attack) => swapBatches(attack, (one, other) => one.stream !== other.stream),
    ],
    ["swap two sequence numbers", swapSequences],
    ["duplicate a batch", duplicate],
    ["insert a made-up batch", insertForged],
    ["truncate a stream", (attack) => truncate(attack, [anyBatch(attack).stream])],
    [
      "truncate all streams",
      (attack) => truncate(attack, [...new Set(attack.snapshot.batches.map((one) => one.stream))]),
    ],
    ["relabel a batch's stream", relabelStream],
    ["move a batch to another epoch", moveEpoch],
    ["end an epoch early", endEpoch],
    ["leave the end of an epoch out", leaveOutEnd],
    ["relabel an epoch", relabelEpoch],
    ["fork: rewrite, keep the checkpoints", (attack) => fork(attack, Infinity)],
    ["fork: rewrite a part", (attack) => fork(attack, 1 + attack.random.below(2))],
  ] satisfies [string, (attack: Attack) => boolean][]
).map(([kind, apply]) => ({ kind, owns: "database", apply }));

function remove({ snapshot }: Attack, gone: readonly BatchDocument[]): boolean {
  snapshot.batches = snapshot.batches.filter((one) => !gone.includes(one));
  return gone.length > 0;
}

function editEntries(
  { random, snapshot }: Attack,
  atLeast: number,
  edit: (entries: readonly string[], at: number) => readonly string[],
): boolean {
  const long = snapshot.batches.filter(({ entries }) => entries.length >= atLeast);
  if (long.length === 0) return false;
  const batch = random.pick(long);
  batch.entries = edit(batch.entries, random.below(batch.entries.length));
  return true;
}

function swapEntries(attack: Attack): boolean {
  const [one, other] = [anyBatch(attack), anyBatch(attack)];
  if (one === other || one.entries.length === 0 || other.entries.length === 0) return false;
  const [first, second] = [
    attack.random.below(one.entries.length),
    attack.random.below(other.entries.length),
  ];
  const moved = one.entries[first] ?? "";
  one.entries = one.entries.with(first, other.entries[second] ?? "");
  other.entries = other.entries.with(second, moved);
  return true;
}

/** Each keeps the place at which it is looked for, and has all else of the other. */
function swapBatches(attack: Attack, fits: (one: BatchDocument, other: BatchDocument) => boolean): boolean {
  const one = anyBatch(attack);
  const others = attack.snapshot.batches.filter((other) => other !== one && fits(one, other));
  if (others.length === 0) return false;
  const other = attack.random.pick(others);
  const [first, second] = [{ ...one }, { ...other }];
  const placeOf = ({ _id, shard, stream, epoch, seq }: BatchDocument) => ({ _id, shard, stream, epoch, seq });
  Object.assign(one, second, placeOf(first), { next: second.next });
  Object.assign(other, first, placeOf(second), { next: first.next });
  return true;
}

function swapSequences(attack: Attack): boolean {
  const batches = streamOf(attack.snapshot, anyBatch(attack).stream);
  if (batches.length < 2) return false;
  const at = attack.random.below(batches.length - 1);
  const [one, other] = [batches[at], batches[at + 1]];
  if (one?.shard !== other?.shard || !one || !other) return false;
  [one.seq, other.seq] = [other.seq, one.seq];
  return true;
}

function duplicate(attack: Attack): boolean {
  const batch = anyBatch(attack);
  const seq = batch.seq + attack.random.below(2);
  attack.snapshot.batches.push({ ...batch, seq, _id: `${batch._id}-again` });
  return true;
}

function insertForged(attack: Attack): boolean {
  const batch = anyBatch(attack);
  const entries = batch.entries.map((entry) => entry.replace('"action":"R"', '"action":"D"'));
  attack.snapshot.batches.push({ ...batch, entries, _id: `${batch._id}-forged` });
  return true;
}

function truncate(attack: Attack, streams: readonly string[]): boolean {
  const count = 1 + attack.random.below(4);
  return remove(
    attack,
    streams.flatMap((stream) => streamOf(attack.snapshot, stream).slice(-count)),
  );
}

function relabelStream(attack: Attack): boolean {
  const batch = anyBatch(attack);
  const other = anyBatch(attack).stream;
  if (other === batch.stream) return false;
  batch.stream = other;
  return true;
}

function moveEpoch(attack: Attack): boolean {
  const batch = anyBatch(attack);
  return place(batch, anotherEpoch(attack.random, batch.epoch));
}

function endEpoch(attack: Attack): boolean {
  const batch = anyBatch(attack);
  batch.next = anotherEpoch(attack.random, batch.next ?? batch.epoch);
  return true;
}

function leaveOutEnd({ random, snapshot }: Attack): boolean {
  const ending = snapshot.batches.filter(({ next }) => next !== undefined);
  if (ending.length === 0) return false;
  delete random.pick(ending).next;
  return true;
}

/** All of a stream's epoch, and what leads to it: nothing is lost, only the month is another. */
function relabelEpoch(attack: Attack): boolean {
  const { stream, epoch } = anyBatch(attack);
  const label = anotherEpoch(attack.random, epoch);
  for (const batch of streamOf(attack.snapshot, stream)) {
    if (batch.epoch === epoch) place(batch, label);
    if (batch.next === epoch) batch.next = label;
  }
  return true;
}

function place(batch: BatchDocument, epoch: string): boolean {
  const { stream, seq } = batch;
  Object.assign(batch, { epoch, shard: shardOf(stream, epoch), _id: batchId(stream, epoch, seq) });
  return true;
}

function anotherEpoch(random: Random, epoch: string): string {
  return String(Number(epoch) + random.pick([-1, 1, 2, 100]));
}

function fork(attack: Attack, batches: number): boolean {
  const batch = anyBatch(attack);
  batch.entries = batch.entries.map((entry) => entry.replace('"action":"R"', '"action":"D"'));
  rewriteStream(attack.snapshot, batch.stream, batch.seq, batch.seq + batches);
  return true;
}
