import type { Collection } from "mongodb";
import type { Clock } from "../../../runtime/clock.ts";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import {
  checkpointHash,
  isSignedBy,
  keyIdOf,
  type Checkpoint,
  type CheckpointBody,
  type CheckpointSignature,
  type StreamHead,
} from "../../../runtime/ledger/checkpoint.ts";
import { failpoint } from "../../../runtime/failpoint.ts";
import { nameOfError, type Log } from "../../../runtime/telemetry/log.ts";
import { blobName, type CheckpointPublisher } from "./checkpoint-publisher.ts";
import { SigningError } from "./key-vault-signer.ts";
import type { CheckpointSigner, SigningKey } from "./checkpoint-signer.ts";
import type { CheckpointStore, StoredCheckpoint } from "./checkpoint-store.ts";
import type { LedgerOrigin, StreamHints } from "./ledger-origin.ts";
import { batchId, shardOf, type StoredBatch } from "./stored-batch.ts";
import { LedgerDamagedError, readEnd } from "./stream-heads.ts";
import { STREAMS } from "./streams.ts";

export interface CheckpointerOptions {
  readonly batches: Collection<StoredBatch>;
  readonly origin: LedgerOrigin;
  readonly hints: StreamHints;
  readonly checkpoints: CheckpointStore;
  readonly signer: CheckpointSigner;
  readonly publisher: CheckpointPublisher;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a run has done. */
export interface CheckpointRun {
  /** 0 when another process has made the checkpoint instead. */
  readonly signed: number;
  readonly published: number;
}

const MAX_PUBLISHED = 100;
const DEADLINE_MS = 1_500;

/**
 * Signs where all streams stand, and publishes what was signed. Several processes may do it at once: of two checkpoints of
 * one sequence one is stored. While the second place is away checkpoints are signed and wait; when it holds another
 * checkpoint of a sequence, or the ledger no longer holds what the last checkpoint has seen, nothing is signed any more:
 * somebody has to look.
 * @throws {LedgerDamagedError} then
 * @throws {SigningError} when the vault does not sign, also with the key before when the key has changed
 */
export async function makeCheckpoint(
  options: CheckpointerOptions,
  signal?: AbortSignal,
): Promise<CheckpointRun> {
  const before = await publishWaiting(options, signal);
  const last = await options.checkpoints.last();
  const body = await nextBody(options, last);
  const { checkpoint, keyVersion } = await sign(options.signer, body, last);
  failpoint("checkpoint-signed");
  const added = await options.checkpoints.add({ checkpoint, keyVersion });
  failpoint("checkpoint-stored");
  const after = await publishWaiting(options, signal);
  return { signed: added ? 1 : 0, published: before + after };
}

type Unsigned = Omit<CheckpointBody, "key">;

async function nextBody(options: CheckpointerOptions, last: StoredCheckpoint | undefined): Promise<Unsigned> {
  const { origin, clock } = options;
  const streams = await readHeads(options);
  if (last) await expectGrowth(options, last.checkpoint, streams);
  return {
    form: 1,
    ledger: origin.ledger,
    sequence: last ? last.checkpoint.sequence + 1 : 0,
    time: clock.now().toISOString(),
    previous: last ? checkpointHash(last.checkpoint) : null,
    streams,
  };
}

async function readHeads({ batches, origin, hints }: CheckpointerOptions): Promise<StreamHead[]> {
  const run = async () => {
    const epochs = await hints.read();
    return Promise.all(STREAMS.map((stream) => readEnd(batches, origin, stream, epochs.get(stream))));
  };
  const ends = await withThrottling(run, { deadlineMs: DEADLINE_MS });
  return ends.flatMap((end) => {
    if (!end) return [];
    const { stream, epoch, seq, size, root, hash } = end;
    return [{ stream, epoch, seq, size, root, hash }];
  });
}

/** What the last checkpoint has seen must still be there. Whether it was made anew from there on, the verifier finds. */
async function expectGrowth(
  options: CheckpointerOptions,
  { sequence, streams, ledger }: Checkpoint,
  heads: readonly StreamHead[],
): Promise<void> {
  const { batches, log, origin } = options;
  const ids = streams.map(({ stream, epoch, seq }) => batchId(stream, epoch, seq));
  const shards = streams.map(({ stream, epoch }) => shardOf(stream, epoch));
  const read = () =>
    batches
      .find({ _id: { $in: ids }, shard: { $in: shards } })
      .project<Pick<StoredBatch, "_id" | "hash">>({ hash: 1 })
      .toArray();
  const found = await withThrottling(read, { deadlineMs: DEADLINE_MS });
  const hashes = new Map(found.map(({ _id, hash }) => [_id, hash]));
  const damaged = streams.find(({ stream, epoch, seq, hash, size }) => {
    const head = heads.find((one) => one.stream === stream);
    return hashes.get(batchId(stream, epoch, seq)) !== hash || !head || head.seq < seq || head.size < size;
  });
  if (!damaged && ledger === origin.ledger) return;
  const { stream, seq } = damaged ?? {};
  log("error", "ledger-history-changed", { checkpoint: sequence, stream, seq });
  throw new LedgerDamagedError(`the ledger does not hold what checkpoint ${sequence} has seen`);
}

async function sign(
  signer: CheckpointSigner,
  unsigned: Unsigned,
  last: StoredCheckpoint | undefined,
): Promise<StoredCheckpoint> {
  const current = await signer.current();
  const body = { ...unsigned, key: current.key };
  const before = last && { version: last.keyVersion, key: last.checkpoint.key };
  const changes = before && keyIdOf(before.key) !== keyIdOf(current.key);
  const signers = changes ? [before, current] : [current];
  const signatures: CheckpointSignature[] = [];
  for (const one of signers) signatures.push(await signWith(signer, body, one));
  return { checkpoint: { ...body, signatures }, keyVersion: current.version };
}

/** A signature is verified before it is stored: a checkpoint that nobody can verify would end the chain. */
async function signWith(
  signer: CheckpointSigner,
  body: CheckpointBody,
  { version, key }: SigningKey,
): Promise<CheckpointSignature> {
  const digest = Buffer.from(checkpointHash(body), "hex");
  const signature = { keyId: keyIdOf(key), value: await signer.sign(version, digest) };
  if (!isSignedBy({ ...body, signatures: [signature] }, key))
    throw new SigningError(`The vault's signature with version ${version} of the key does not fit.`);
  return signature;
}

/** @returns how many were published; a second place that is away is a line of the log, since they wait for it */
async function publishWaiting(options: CheckpointerOptions, signal?: AbortSignal): Promise<number> {
  const { checkpoints, log } = options;
  let published = 0;
  for (const checkpoint of await checkpoints.unpublished(MAX_PUBLISHED)) {
    if (signal?.aborted === true) break;
    try {
      await publish(options, checkpoint);
      failpoint("checkpoint-published");
    } catch (error) {
      if (error instanceof LedgerDamagedError) throw error;
      log("warn", "checkpoint-not-published", {
        checkpoint: checkpoint.sequence,
        cause: nameOfError(error),
      });
      break;
    }
    await checkpoints.published(checkpoint.sequence);
    published += 1;
  }
  return published;
}

async function publish({ publisher, log }: CheckpointerOptions, checkpoint: Checkpoint): Promise<void> {
  const { sequence } = checkpoint;
  const content = canonicalText(checkpoint);
  if (await publisher.put(blobName(sequence), content)) return;
  if ((await publisher.get(blobName(sequence))) === content) return;
  log("error", "checkpoint-forked", { checkpoint: sequence });
  throw new LedgerDamagedError(`another checkpoint ${sequence} has been published`);
}
