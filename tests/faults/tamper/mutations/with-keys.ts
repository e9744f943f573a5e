import { randomUUID } from "node:crypto";
import { batchId } from "../../../../handlers/audit/ledger/stored-batch.ts";
import { rewriteStream, streamOf } from "../rewrite-stream.ts";
import { signAllAnew, signAnew } from "../sign-anew.ts";
import type { BatchDocument } from "../snapshot.ts";
import { seenBatch, type Attack, type Mutation } from "./mutation.ts";

/**
 * What an attacker can do who owns the database, the register's process and the vault: all hashes fit, all signatures are
 * real. Only what the auditor saved before tells.
 */
export const WITH_KEYS: readonly Mutation[] = (
  [
    ["fork: edit an entry", (attack) => fork(attack, editEntry)],
    ["fork: leave an entry out", (attack) => fork(attack, ({ entries }) => entries.slice(1))],
    [
      "fork: add an entry",
      (attack) => fork(attack, ({ entries }) => [...entries, '{"id":"made-up:intent"}']),
    ],
    ["fork: leave a batch out", leaveBatchOut],
    ["fork: all streams from a checkpoint on", forkAll],
    ["rollback: to an older checkpoint", rollback],
    ["another ledger in its place", anotherLedger],
    ["checkpoint signed anew: a head left out", leaveHeadOut],
    ["checkpoint signed anew: a head changed", changeHead],
    ["checkpoint signed anew: time or past", changePast],
  ] satisfies [string, Mutation["apply"]][]
).map(([kind, apply]) => ({ kind, owns: "keys", apply }));

async function fork(attack: Attack, edit: (batch: BatchDocument) => readonly string[]): Promise<boolean> {
  const batch = seenBatch(attack);
  if (!batch) return false;
  batch.entries = edit(batch);
  rewriteStream(attack.snapshot, batch.stream, batch.seq);
  await signAllAnew(attack.snapshot, attack.signer);
  return true;
}

function editEntry({ entries }: BatchDocument): readonly string[] {
  return entries.with(0, (entries[0] ?? "").replace('"action":"R"', '"action":"U"'));
}

async function leaveBatchOut(attack: Attack): Promise<boolean> {
  const gone = seenBatch(attack);
  if (!gone) return false;
  const { snapshot } = attack;
  snapshot.batches = snapshot.batches.filter((one) => one !== gone);
  for (const batch of streamOf(snapshot, gone.stream).filter(({ seq }) => seq > gone.seq)) {
    batch.seq -= 1;
    // The place of an epoch's end is taken by the batch after it.
    if (batch.seq === gone.seq && gone.next !== undefined) return false;
    batch._id = batchId(batch.stream, batch.epoch, batch.seq);
  }
  rewriteStream(snapshot, gone.stream, gone.seq);
  await signAllAnew(snapshot, attack.signer);
  return true;
}

/** The database is set back, and the register goes on from there, for as long as it had. */
async function forkAll(attack: Attack): Promise<boolean> {
  const { snapshot, random, saved } = attack;
  const kept = snapshot.checkpoints[random.below(saved.sequence)]?.checkpoint;
  if (saved.sequence === 0 || !kept) return false;
  for (const { stream } of saved.streams) {
    const from = (kept.streams.find((head) => head.stream === stream)?.seq ?? -1) + 1;
    for (const batch of streamOf(snapshot, stream).slice(from)) batch.entries = editEntry(batch);
    rewriteStream(snapshot, stream, from);
  }
  await signAllAnew(snapshot, attack.signer);
  return true;
}

function rollback({ snapshot, random, saved }: Attack): boolean {
  const kept = snapshot.checkpoints[random.below(saved.sequence)]?.checkpoint;
  if (saved.sequence === 0 || !kept) return false;
  snapshot.checkpoints = snapshot.checkpoints.filter(({ _id }) => _id <= kept.sequence);
  snapshot.batches = snapshot.batches.filter(({ stream, seq }) =>
    kept.streams.some((head) => head.stream === stream && seq <= head.seq),
  );
  return true;
}

async function anotherLedger({ snapshot, signer }: Attack): Promise<boolean> {
  const ledger = randomUUID();
  for (const origin of snapshot.ledger) if (origin.ledger !== undefined) origin.ledger = ledger;
  for (const stream of new Set(snapshot.batches.map((one) => one.stream))) rewriteStream(snapshot, stream, 0);
  for (const { checkpoint } of snapshot.checkpoints) checkpoint.ledger = ledger;
  await signAllAnew(snapshot, signer);
  return true;
}

async function leaveHeadOut(attack: Attack): Promise<boolean> {
  const { random, saved } = attack;
  if (saved.streams.length === 0) return false;
  const { stream } = random.pick(saved.streams);
  return signLastAnew(attack, (checkpoint) => {
    checkpoint.streams = checkpoint.streams.filter((head) => head.stream !== stream);
  });
}

async function changeHead(attack: Attack): Promise<boolean> {
  const { random } = attack;
  return signLastAnew(attack, (checkpoint) => {
    const place = random.below(checkpoint.streams.length);
    checkpoint.streams = checkpoint.streams.map((head, index) => {
      if (index !== place) return head;
      const other = random.pick(checkpoint.streams.toSpliced(place, 1));
      return random.pick([
        { ...head, seq: head.seq + 1 },
        { ...head, size: head.size + 1 },
        { ...head, epoch: String(Number(head.epoch) + 1) },
        { ...head, root: other.root },
        { ...head, hash: other.hash },
        other,
      ]);
    });
  });
}

/** Nothing but the saved checkpoint itself, or the one before it, tells what a time was. */
async function changePast(attack: Attack): Promise<boolean> {
  const { snapshot, saved, random } = attack;
  if (saved.sequence !== snapshot.checkpoints.length - 1) return false;
  return signLastAnew(attack, (checkpoint) => {
    if (random.chance(0.5)) checkpoint.time = "2026-11-20T08:30:00.001Z";
    else checkpoint.previous = "0".repeat(64);
  });
}

async function signLastAnew(
  { snapshot, signer }: Attack,
  change: (checkpoint: Attack["snapshot"]["checkpoints"][number]["checkpoint"]) => void,
): Promise<boolean> {
  const last = snapshot.checkpoints.at(-1);
  if (!last) return false;
  change(last.checkpoint);
  await signAnew(last, snapshot.checkpoints.at(-2), signer);
  return true;
}
