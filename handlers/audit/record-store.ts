import { MongoBulkWriteError } from "mongodb";
import type { Db, Filter } from "mongodb";
import type { components } from "../../generated/audit/types.ts";
import { withThrottling } from "../../runtime/database/throttling.ts";
import { pageOf } from "../../runtime/paging.ts";
import type { Page, PageRequest } from "../../runtime/paging.ts";

export type Record = components["schemas"]["AuditRecord"];

/** A record as it is stored: its id is the document's. */
export interface StoredRecord extends Omit<Record, "id"> {
  readonly _id: string;
  /** The form of the document. */
  readonly _schema: number;
}

export interface RecordStore {
  find(id: string): Promise<Record | null>;
  /** Newest first. */
  page(filter: Filter<StoredRecord>, request: PageRequest): Promise<Page<Record>>;
  /** Stores every record, durably. One whose id is stored already is left as it is. @returns how many were new */
  append(records: readonly Record[]): Promise<number>;
}

const SCHEMA = 1;
const DUPLICATE_KEY = 11000;
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

  async function insertNew(batch: readonly Record[]): Promise<number> {
    try {
      const { insertedCount } = await records.insertMany(batch.map(toStored), { ordered: false });
      return insertedCount;
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || !onlyDuplicates(error)) throw error;
      return error.insertedCount;
    }
  }
}

function onlyDuplicates({ writeErrors }: MongoBulkWriteError): boolean {
  return [writeErrors].flat().every(({ code }) => code === DUPLICATE_KEY);
}

function toStored({ id, ...record }: Record): StoredRecord {
  return { _id: id, ...record, _schema: SCHEMA };
}

function toRecord({ _id, _schema: _form, ...record }: StoredRecord): Record {
  return { id: _id, ...record };
}
