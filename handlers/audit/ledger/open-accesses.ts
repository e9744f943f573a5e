import type { Db } from "mongodb";
import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import { insertNew } from "./insert-new.ts";
import { recordCollection, type ProjectedRecord } from "./projected-record.ts";
import { accessOf } from "./streams.ts";

/** Accesses with an intent and no outcome yet. */
export const openCollection = {
  name: "open",
  shardKey: "_id",
  indexes: [{ name: "waiting", key: { service: 1, createdDate: 1 } }],
} as const satisfies CollectionDeclaration;

/** An access that is not closed. */
interface OpenAccess {
  /** The access's id. */
  readonly _id: string;
  readonly service: string;
  /** Of the intent. */
  readonly createdDate: string;
}

export interface OpenQuery {
  /** The service that served the access, `patient`. */
  readonly service: string;
  /** Intents that were created before. */
  readonly before: Date;
  readonly limit: number;
}

/**
 * Keeps account of the accesses that are open. Intents and outcomes come in any order, and by several processes at once: an
 * intent is noted before it is in the records and looked after once it is; an outcome takes the note away once it is.
 * Whichever of the two is second then sees the other.
 */
export interface OpenAccesses {
  /** Before these records are among the records. */
  begin(added: readonly ProjectedRecord[]): Promise<void>;
  /** After they are. @param isNew whether all of them were new */
  end(added: readonly ProjectedRecord[], isNew: boolean): Promise<void>;
  /** The ids of accesses that wait for an outcome, the oldest first. */
  list(query: OpenQuery): Promise<string[]>;
}

export function openAccesses(db: Db): OpenAccesses {
  const open = db.collection<OpenAccess>(openCollection.name);
  const records = db.collection<ProjectedRecord>(recordCollection.name);
  const close = async (accesses: readonly string[]): Promise<void> => {
    if (accesses.length > 0) await open.deleteMany({ _id: { $in: [...accesses] } });
  };
  const closedAmong = async (accesses: readonly string[]): Promise<string[]> => {
    if (accesses.length === 0) return [];
    const ends = accesses.flatMap((access) => [`${access}:outcome`, `${access}:closed`]);
    const found = await records
      .find({ _id: { $in: ends } })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => accessOf(_id));
  };

  return {
    async begin(added) {
      const notes = unanswered(added).map(({ _id, createdDate, sourceSystemName }) => ({
        _id: accessOf(_id),
        service: sourceSystemName,
        createdDate,
      }));
      await insertNew(open, notes);
    },
    async end(added, isNew) {
      const intents = new Set(added.filter(isIntent).map(({ _id }) => accessOf(_id)));
      const ended = added.filter((one) => !isIntent(one)).map(({ _id }) => accessOf(_id));
      // An intent that came together with its outcome, both for the first time, was never noted.
      await close(isNew ? ended.filter((access) => !intents.has(access)) : ended);
      await close(await closedAmong(unanswered(added).map(({ _id }) => accessOf(_id))));
    },
    async list({ service, before, limit }) {
      const noted = await open
        .find({ service, createdDate: { $lt: before.toISOString() } })
        .sort({ service: 1, createdDate: 1 })
        .limit(limit)
        .toArray();
      const accesses = noted.map(({ _id }) => _id);
      // A process that was killed has left notes of accesses that are closed.
      const closed = await closedAmong(accesses);
      await close(closed);
      return accesses.filter((access) => !closed.includes(access));
    },
  };
}

/** The intents whose outcome is not among the same records. */
function unanswered(added: readonly ProjectedRecord[]): ProjectedRecord[] {
  const ended = new Set(added.filter((one) => !isIntent(one)).map(({ _id }) => accessOf(_id)));
  return added.filter((one) => isIntent(one) && !ended.has(accessOf(one._id)));
}

function isIntent({ phase }: ProjectedRecord): boolean {
  return phase === "intent";
}
