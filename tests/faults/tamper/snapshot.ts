import { isDeepStrictEqual } from "node:util";
import type { Collection, Db } from "mongodb";
import type { StoredBatch } from "../../../handlers/audit/ledger/stored-batch.ts";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export type BatchDocument = Mutable<StoredBatch>;

export interface CheckpointDocument {
  _id: number;
  checkpoint: Mutable<Checkpoint>;
  keyVersion: string;
  published: boolean;
  rotation: boolean;
}

export interface OriginDocument {
  _id: string;
  epoch: string;
  ledger?: string;
}

/** All of a database that an export is made from. */
export interface Snapshot {
  batches: BatchDocument[];
  checkpoints: CheckpointDocument[];
  ledger: OriginDocument[];
}

const NAMES = ["batches", "checkpoints", "ledger"] as const;

/** Reads the documents; batches by stream and sequence, checkpoints by sequence. */
export async function readSnapshot(db: Db): Promise<Snapshot> {
  const read = <T extends { _id: unknown }>(name: string) =>
    db.collection(name).find({}).toArray() as unknown as Promise<T[]>;
  const batches = await read<BatchDocument>("batches");
  const checkpoints = await read<CheckpointDocument>("checkpoints");
  const order = (a: BatchDocument, b: BatchDocument) =>
    a.stream === b.stream ? a.seq - b.seq : a.stream < b.stream ? -1 : 1;
  return {
    batches: batches.sort(order),
    checkpoints: checkpoints.sort((a, b) => a._id - b._id),
    ledger: await read<OriginDocument>("ledger"),
  };
}

/** Turns the documents of one snapshot, which are in the database, into those of another, as an attacker does: with the driver. */
export async function writeDifference(db: Db, from: Snapshot, to: Snapshot): Promise<void> {
  for (const name of NAMES) {
    const before = new Map<unknown, unknown>(from[name].map((one) => [one._id, one]));
    const after = new Map<unknown, unknown>(to[name].map((one) => [one._id, one]));
    const gone = [...before.keys()].filter((id) => !isDeepStrictEqual(before.get(id), after.get(id)));
    const made = [...after.keys()].filter((id) => !isDeepStrictEqual(before.get(id), after.get(id)));
    const collection: Collection<{ _id: unknown }> = db.collection(name);
    if (gone.length > 0) await collection.deleteMany({ _id: { $in: gone as never[] } });
    const documents = made.map((id) => after.get(id) as never);
    if (documents.length > 0) await collection.insertMany(documents);
  }
}
