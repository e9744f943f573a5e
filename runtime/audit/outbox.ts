import { MongoBulkWriteError, MongoServerError } from "mongodb";
import type { Collection, Db } from "mongodb";
import type { CollectionDeclaration } from "../database/collections.ts";
import { withThrottling } from "../database/throttling.ts";
import { failpoint } from "../failpoint.ts";
import type { AuditRecord } from "./audit-record.ts";

/** What the outbox stores, to be among the collections of an app that records with the Audit API. */
export const outboxCollection = {
  name: "outbox",
  shardKey: "_id",
  indexes: [{ name: "waiting", key: { buried: 1, createdDate: 1 } }],
} as const satisfies CollectionDeclaration;

/** A record that waits for the register. */
export interface OutboxEntry {
  readonly record: AuditRecord;
  readonly traceparent: string;
}

/**
 * Records that the register could not take in time, in the database that holds the data: data that can be read implies an
 * outbox that can be written. An entry leaves it against the register's receipt, and in no other way.
 */
export interface Outbox {
  /** Stores entries durably. One that is stored already is left as it is. @throws what the driver throws */
  put(entries: readonly OutboxEntry[]): Promise<void>;
  /** The entries that have waited longest. */
  oldest(limit: number): Promise<OutboxEntry[]>;
  /** How many wait. */
  depth(): Promise<number>;
  /** Which of these records are here. @param ids of records */
  holding(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Removes entries for which the register has given its receipt. @param ids of records */
  remove(ids: readonly string[]): Promise<void>;
  /** Keeps entries that the register refuses for good out of the relay's way, for a person to look at. */
  bury(ids: readonly string[], status: number): Promise<void>;
}

interface StoredEntry extends OutboxEntry {
  readonly _id: string;
  /** Of the record: the order of the relay. */
  readonly createdDate: string;
  /** False while it waits, so that the index finds it. */
  readonly buried: boolean;
  /** Why it was buried: the register's answer. */
  readonly status?: number;
  readonly _schema: number;
}

const SCHEMA = 1;
const DUPLICATE_KEY = 11000;
/** Cosmos DB's code for "too many requests". */
const THROTTLED = 16500;
const DEADLINE_MS = 1_000;

export function outbox(db: Db): Outbox {
  const entries = db.collection<StoredEntry>(outboxCollection.name, { writeConcern: { w: "majority" } });
  const run = <T>(operation: () => Promise<T>) => withThrottling(operation, { deadlineMs: DEADLINE_MS });
  return {
    async put(added) {
      failpoint("before-outbox");
      await run(() => insertNew(entries, added.map(toStored)));
      failpoint("after-outbox");
    },
    async oldest(limit) {
      const waiting = () =>
        entries.find({ buried: false }).sort({ buried: 1, createdDate: 1 }).limit(limit).toArray();
      return (await run(waiting)).map(({ record, traceparent }) => ({ record, traceparent }));
    },
    depth: () => run(() => entries.countDocuments({ buried: false })),
    async holding(ids) {
      const found = () =>
        entries
          .find({ _id: { $in: [...ids] } })
          .project<{ _id: string }>({ _id: 1 })
          .toArray();
      return new Set((await run(found)).map(({ _id }) => _id));
    },
    async remove(ids) {
      if (ids.length > 0) await run(() => entries.deleteMany({ _id: { $in: [...ids] } }));
    },
    async bury(ids, status) {
      if (ids.length === 0) return;
      await run(() => entries.updateMany({ _id: { $in: [...ids] } }, { $set: { buried: true, status } }));
    },
  };
}

function toStored({ record, traceparent }: OutboxEntry): StoredEntry {
  return {
    _id: record.id,
    record,
    traceparent,
    createdDate: record.createdDate,
    buried: false,
    _schema: SCHEMA,
  };
}

async function insertNew(entries: Collection<StoredEntry>, added: StoredEntry[]): Promise<void> {
  try {
    await entries.insertMany(added, { ordered: false });
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const throttled = [error.writeErrors].flat().find(({ code }) => code === THROTTLED);
    // The error bears the code of the first entry alone, which may be one that an earlier try has stored.
    if (throttled) throw new MongoServerError({ message: throttled.errmsg ?? "", code: THROTTLED });
    if (!isDuplicatesOnly(error)) throw error;
  }
}

/** The driver wraps a broken connection in a bulk error as well, one without any error of a document. */
function isDuplicatesOnly(error: MongoBulkWriteError): boolean {
  const errors = [error.writeErrors].flat();
  const expected = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
  return expected && !error.result.getWriteConcernError();
}
