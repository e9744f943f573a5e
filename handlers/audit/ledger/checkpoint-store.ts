import type { Db } from "mongodb";
import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { insertNew } from "./insert-new.ts";

/** The checkpoints of the ledger, by their sequence. */
export const checkpointCollection = {
  name: "checkpoints",
  shardKey: "_id",
  indexes: [
    { name: "unpublished", key: { published: 1, _id: 1 } },
    { name: "rotation", key: { rotation: 1, _id: 1 } },
  ],
} as const satisfies CollectionDeclaration;

/** A checkpoint, and what only its maker needs to know. */
export interface StoredCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The version of the key that has signed it. */
  readonly keyVersion: string;
}

export interface CheckpointStore {
  last(): Promise<StoredCheckpoint | undefined>;
  find(sequence: number): Promise<Checkpoint | undefined>;
  /** Those that changed the key, in their order, up to a sequence. */
  rotationsUpTo(sequence: number): Promise<Checkpoint[]>;
  /** @returns false when there is one of that sequence already */
  add(added: StoredCheckpoint): Promise<boolean>;
  /** Those that are not in the second place yet, the oldest first. */
  unpublished(limit: number): Promise<Checkpoint[]>;
  published(sequence: number): Promise<void>;
}

interface Document extends StoredCheckpoint {
  /** The sequence: unique, which makes an insert a compare-and-swap. */
  readonly _id: number;
  readonly published: boolean;
  /** Whether it changes the key. */
  readonly rotation: boolean;
  readonly _schema: number;
}

const SCHEMA = 1;
const DEADLINE_MS = 1_500;

export function checkpointStore(db: Db): CheckpointStore {
  const stored = db.collection<Document>(checkpointCollection.name, { writeConcern: { w: "majority" } });
  const run = <T>(operation: () => Promise<T>) => withThrottling(operation, { deadlineMs: DEADLINE_MS });
  return {
    async last() {
      const found = await run(() => stored.findOne({}, { sort: { _id: -1 } }));
      return found ? { checkpoint: found.checkpoint, keyVersion: found.keyVersion } : undefined;
    },
    async find(sequence) {
      return (await run(() => stored.findOne({ _id: sequence })))?.checkpoint;
    },
    async rotationsUpTo(sequence) {
      const found = () =>
        stored
          .find({ rotation: true, _id: { $lte: sequence } })
          .sort({ rotation: 1, _id: 1 })
          .toArray();
      return (await run(found)).map(({ checkpoint }) => checkpoint);
    },
    async add({ checkpoint, keyVersion }) {
      const document = {
        _id: checkpoint.sequence,
        checkpoint,
        keyVersion,
        published: false,
        rotation: checkpoint.signatures.length > 1,
        _schema: SCHEMA,
      };
      return (await run(() => insertNew(stored, [document]))) === 1;
    },
    async unpublished(limit) {
      const found = () =>
        stored.find({ published: false }).sort({ published: 1, _id: 1 }).limit(limit).toArray();
      return (await run(found)).map(({ checkpoint }) => checkpoint);
    },
    async published(sequence) {
      await run(() => stored.updateOne({ _id: sequence }, { $set: { published: true } }));
    },
  };
}
