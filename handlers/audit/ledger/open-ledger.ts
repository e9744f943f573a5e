import { randomUUID } from "node:crypto";
import type { Db } from "mongodb";
import type { Clock } from "../../../runtime/clock.ts";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import type { ExportLine } from "../../../runtime/ledger/export-line.ts";
import type { Page, PageRequest } from "../../../runtime/paging.ts";
import type { Log } from "../../../runtime/telemetry/log.ts";
import type { Appended } from "./append-call.ts";
import type { CheckpointPublisher } from "./checkpoint-publisher.ts";
import type { CheckpointSigner } from "./checkpoint-signer.ts";
import { checkpointStore } from "./checkpoint-store.ts";
import { makeCheckpoint, type CheckpointRun } from "./checkpointer.ts";
import { exportLedger } from "./export-ledger.ts";
import { ledgerOrigin, streamHints } from "./ledger-origin.ts";
import { findEntry, proveConsistency, proveEntry } from "./ledger-proofs.ts";
import type { ConsistencyProof, RecordProof } from "./ledger-proofs.ts";
import { LedgerWriter } from "./ledger-writer.ts";
import { openAccesses, type OpenQuery } from "./open-accesses.ts";
import { recordCollection, sealedRecord, type ProjectedRecord } from "./projected-record.ts";
import { Projection } from "./projection.ts";
import { recordPrivacy } from "./record-privacy.ts";
import { readPage, recordFilter, type RecordCriteria } from "./record-query.ts";
import type { AuditRecord, IncomingRecord } from "./record-subjects.ts";
import { batchCollection, type StoredBatch } from "./stored-batch.ts";
import { epochOf } from "./streams.ts";
import { subjectKeys } from "./subject-keys.ts";

export interface LedgerOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** The service's own key, which ids of people are hashed with. It must stay the same. */
  readonly hashKey: () => Promise<string>;
  /** Has a function run a little later; `setTimeout` unless a test brings its own. */
  readonly later?: (run: () => void) => void;
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed?: () => number;
}

/** The register: everything that is appended, forever, and what can be asked of it. */
export interface Ledger {
  /**
   * Resolves when every record is durable, each once. Those in `conflicts` are not stored: there is one of their id that says
   * something else, which is an alarm in the log.
   * @throws what the driver throws, or {Problem} `database-unavailable`: bringing the records again does no harm
   */
  append(records: readonly IncomingRecord[]): Promise<Appended>;
  find(id: string): Promise<AuditRecord | null>;
  /** Newest first. A page of large records may hold fewer than its limit. */
  page(criteria: RecordCriteria, request: PageRequest): Promise<Page<AuditRecord>>;
  /** @returns `pending` until a checkpoint has seen the record, `unknown` for none of that id */
  prove(recordId: string): Promise<RecordProof | "pending" | "unknown">;
  /** The last checkpoint, or that of a sequence. */
  checkpoint(sequence?: number): Promise<Checkpoint | undefined>;
  /** @returns `undefined` when one of the checkpoints is not there, or `from` is after `to` */
  consistency(from: number, to: number): Promise<ConsistencyProof | undefined>;
  /** The whole ledger up to a checkpoint. */
  export(end: Checkpoint): AsyncGenerator<ExportLine, void, undefined>;
  /** The intents of accesses that have no outcome yet, the oldest first. */
  openIntents(query: OpenQuery): Promise<AuditRecord[]>;
  /**
   * Erases subjects: deletes the keys that their ids are stored under. The ledger stays as it is.
   * @param ids of patients and tests
   * @returns how many of them had a key
   */
  erase(ids: readonly string[]): Promise<number>;
  /** A job: signs and publishes a checkpoint. */
  makeCheckpoint(
    signer: CheckpointSigner,
    publisher: CheckpointPublisher,
    signal?: AbortSignal,
  ): Promise<CheckpointRun>;
  /** A job: writes into the records what a process has left undone. @returns how many records were missing */
  catchUp(signal?: AbortSignal): Promise<number>;
}

const DEADLINE_MS = 1_500;

/** Opens the register in a database; the first to open it has begun it. One in a process is enough, and best. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { db, clock, log, elapsed } = options;
  const batches = db.collection<StoredBatch>(batchCollection.name, { writeConcern: { w: "majority" } });
  const records = db.collection<ProjectedRecord>(recordCollection.name);
  const epoch = () => epochOf(clock.now());
  const hints = streamHints(db);
  const origin = await ledgerOrigin(db, () => ({ ledger: randomUUID(), epoch: epoch() }));
  const open = openAccesses(db);
  const keys = subjectKeys(db, { ...(elapsed && { elapsed }) });
  const privacy = recordPrivacy(keys, options.hashKey);
  const checkpoints = checkpointStore(db);
  const projection = new Projection({
    ...{ db, batches, origin, open, log },
    ...(options.later && { later: options.later }),
  });
  const writer = new LedgerWriter({
    ...{ batches, origin, hints, epoch, log, onPlaced: (entries) => projection.add(entries) },
    ...(elapsed && { elapsed }),
  });
  const run = <T>(operation: () => Promise<T>) => withThrottling(operation, { deadlineMs: DEADLINE_MS });
  const read = (ids: readonly string[]) => run(() => records.find({ _id: { $in: [...ids] } }).toArray());

  return {
    append: async (added) => writer.append(await privacy.seal(added)),
    async find(id) {
      await projection.settled();
      const [found] = await privacy.reveal((await read([id])).map(sealedRecord));
      return found ?? null;
    },
    async page(criteria, request) {
      await projection.settled();
      const filter = await recordFilter(criteria, (id) => privacy.referenceOf(id));
      const { items, more } = await run(() => readPage(records, filter, request));
      return { items: await privacy.reveal(items.map(sealedRecord)), more };
    },
    async prove(recordId) {
      const entry = await run(() => findEntry(batches, recordId));
      if (!entry) return "unknown";
      const last = await checkpoints.last();
      if (!last) return "pending";
      return (await run(() => proveEntry(batches, entry, last.checkpoint))) ?? "pending";
    },
    checkpoint: async (sequence) =>
      sequence === undefined ? (await checkpoints.last())?.checkpoint : checkpoints.find(sequence),
    async consistency(from, to) {
      const [first, second] = await Promise.all([checkpoints.find(from), checkpoints.find(to)]);
      if (!first || !second || from > to) return undefined;
      return run(() => proveConsistency(batches, first, second));
    },
    export: (end) => exportLedger({ batches, origin, checkpoints }, end),
    async openIntents(query) {
      await projection.settled();
      const accesses = await run(() => open.list(query));
      const found = await read(accesses.map((access) => `${access}:intent`));
      const byId = [...found].sort((one, other) => (one.createdDate < other.createdDate ? -1 : 1));
      return privacy.reveal(byId.map(sealedRecord));
    },
    erase: async (ids) => keys.erase(await Promise.all(ids.map((id) => privacy.referenceOf(id)))),
    makeCheckpoint: (signer, publisher, signal) =>
      makeCheckpoint({ batches, origin, hints, checkpoints, signer, publisher, clock, log }, signal),
    catchUp: (signal) => projection.catchUp(signal),
  };
}
