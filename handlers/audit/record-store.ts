import { MongoBulkWriteError, MongoServerError } from "mongodb";
import type { Db, Filter } from "mongodb";
import type { components } from "../../generated/audit/types.ts";
import type { AuditRecord as OwnRecord } from "../../runtime/audit/audit-record.ts";
import { withThrottling } from "../../runtime/database/throttling.ts";
import { pageOf } from "../../runtime/paging.ts";
import type { Page, PageRequest } from "../../runtime/paging.ts";
import { canonicalRecord } from "./canonical-record.ts";

export type Record = components["schemas"]["AuditRecord"];

/** A record as it is stored: its id is the document's. */
export interface StoredRecord {
  readonly _id: string;
  /** The form of the document. */
  readonly _schema: number;
}

export interface RecordStore {
  find(id: string): Promise<Record | null>;
  /** Newest first. */
  page(filter: Filter<StoredRecord>, request: PageRequest): Promise<Page<Record>>;
  /** Stores every record, durably. One whose id is stored already is left as it is. @returns how many were new */
  append(records: readonly (Record | OwnRecord)[]): Promise<number>;
}

const SCHEMA = 1;
const DUPLICATE_KEY = 11000;
const THROTTLED = 16500;
const DEADLINE_MS = 1_500;

export function recordStore(db: Db): RecordStore {
  const records = db.collection<StoredRecord>("records");
  const run = <T>(operation: () => Promise<T>) => withThrottling(operation, { deadlineMs: DEADLINE_MS });
  return {
    async find(id) {
      const stored = await run(() => records.findOne({ _id: id }));
      return stored && toRecord(stored);
    },
    async page(filter, request) {
      const from = request.after === undefined ? filter : { $and: [filter, { _id: { $lt: request.after } }] };
      const read = await run(() =>
        records
          .find(from)
          .sort({ _id: -1 })
          .limit(request.limit + 1)
          .toArray(),
      );
      return pageOf(read.map(toRecord), request);
    },
    append: (batch) => run(() => insertNew(batch)),
  };

  async function insertNew(batch: readonly (Record | OwnRecord)[]): Promise<number> {
    try {
      const { insertedCount } = await records.insertMany(batch.map(toStored), { ordered: false });
      return insertedCount;
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) throw error;
      return acknowledged(error);
    }
  }
}

/**
 * How many records were new, when all the others were stored already.
 * @throws whatever else kept a record from being stored durably; throttling first, because it can be tried again
 */
function acknowledged(error: MongoBulkWriteError): number {
  const errors = [error.writeErrors].flat();
  const throttled = errors.find(({ code }) => code === THROTTLED);
  if (throttled) throw new MongoServerError({ message: throttled.errmsg ?? "", code: THROTTLED });
  const onlyDuplicates = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
  if (!onlyDuplicates || error.result.getWriteConcernError()) throw error;
  return error.insertedCount;
}

function toStored(given: Record | OwnRecord): StoredRecord {
  const { id, ...record } = canonicalRecord(given);
  return { ...record, _id: id, _schema: SCHEMA };
}

function toRecord({ _id, _schema: _form, ...record }: StoredRecord): Record {
  // What is stored was a record of the contract when it came in; the answer is held against the contract again.
  return { id: _id, ...record } as Record;
}
