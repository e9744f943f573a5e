import type { Collection, Db } from "mongodb";
import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import { insertNew } from "./insert-new.ts";

/** What the ledger is, and where each stream is by now. */
export const originCollection = {
  name: "ledger",
  shardKey: "_id",
  indexes: [],
} as const satisfies CollectionDeclaration;

/** What is settled once for a ledger: without it, two processes could begin a stream in two places. */
export interface LedgerOrigin {
  /** The ledger's id. */
  readonly ledger: string;
  /** The epoch in which every stream begins. */
  readonly epoch: string;
}

/** Tells where streams have got to, to save a walk through all epochs. A hint may be old; it is never ahead. */
export interface StreamHints {
  read(): Promise<ReadonlyMap<string, string>>;
  /** Notes that a stream has entered an epoch. */
  write(stream: string, epoch: string): Promise<void>;
}

interface StoredOrigin {
  /** `ledger`, or the name of a stream. */
  readonly _id: string;
  readonly epoch: string;
  /** Of the ledger. */
  readonly ledger?: string;
}

const ORIGIN = "ledger";
const DEADLINE_MS = 1_500;

/** Reads what the ledger is; the first process that asks has made it. */
export async function ledgerOrigin(db: Db, fresh: () => LedgerOrigin): Promise<LedgerOrigin> {
  const stored = collectionOf(db);
  return withThrottling(
    async () => {
      const found = await readOrigin(stored);
      if (found) return found;
      await insertNew(stored, [{ _id: ORIGIN, ...fresh() }]);
      const made = await readOrigin(stored);
      if (!made) throw new Error("the ledger's origin was stored and is not there");
      return made;
    },
    { deadlineMs: DEADLINE_MS },
  );
}

export function streamHints(db: Db): StreamHints {
  const stored = collectionOf(db);
  return {
    async read() {
      const found = await withThrottling(() => stored.find({}).toArray(), { deadlineMs: DEADLINE_MS });
      return new Map(found.filter(({ _id }) => _id !== ORIGIN).map(({ _id, epoch }) => [_id, epoch]));
    },
    async write(stream, epoch) {
      await insertNew(stored, [{ _id: stream, epoch }]);
      await stored.updateOne({ _id: stream, epoch: { $lt: epoch } }, { $set: { epoch } });
    },
  };
}

async function readOrigin(stored: Collection<StoredOrigin>): Promise<LedgerOrigin | undefined> {
  const found = await stored.findOne({ _id: ORIGIN });
  return found?.ledger === undefined ? undefined : { ledger: found.ledger, epoch: found.epoch };
}

function collectionOf(db: Db): Collection<StoredOrigin> {
  return db.collection<StoredOrigin>(originCollection.name, { writeConcern: { w: "majority" } });
}
