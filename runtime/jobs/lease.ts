import { MongoServerError } from "mongodb";
import type { Db } from "mongodb";
import type { Clock } from "../clock.ts";
import type { CollectionDeclaration } from "../database/collections.ts";

/** Where leases are kept, to be among the collections of an app that has jobs. */
export const leaseCollection = {
  name: "leases",
  shardKey: "_id",
  indexes: [],
} as const satisfies CollectionDeclaration;

/** The right to do a job, for some time, that one run has at a time. */
export interface Lease {
  /** False when another run has it. */
  take(): Promise<boolean>;
  /** Gives it back, so that another need not wait for its end. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly db: Db;
  /** The job's name. */
  readonly name: string;
  /** Who takes it: different for each run. */
  readonly owner: string;
  /** For how long it is taken, in milliseconds. */
  readonly forMs: number;
  readonly clock: Clock;
}

interface StoredLease {
  readonly _id: string;
  readonly owner: string;
  readonly until: Date;
}

const DUPLICATE_KEY = 11000;

/**
 * A lease in the database. It keeps two runs from doing the same work at once, and nothing else: clocks differ and
 * processes are paused, so every job is also safe when two do it.
 */
export function lease({ db, name, owner, forMs, clock }: LeaseOptions): Lease {
  const leases = db.collection<StoredLease>(leaseCollection.name);
  return {
    async take() {
      const now = clock.now();
      const until = new Date(now.getTime() + forMs);
      // Of a process whose clock is far ahead: were it to die with the lease, nobody would do the job until then.
      const tooLong = new Date(now.getTime() + 2 * forMs);
      const free = { _id: name, $or: [{ owner }, { until: { $lte: now } }, { until: { $gt: tooLong } }] };
      try {
        const { matchedCount, upsertedCount } = await leases.updateOne(
          free,
          { $set: { owner, until } },
          { upsert: true },
        );
        return matchedCount + upsertedCount === 1;
      } catch (error) {
        // There is such a lease, and it is not free: the upsert has tried to make a second one.
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    },
    async release() {
      await leases.deleteOne({ _id: name, owner });
    },
  };
}
