import { afterPrefix } from "./planner/intervals.ts";
import type { Collection, Index } from "./store/collection.ts";
import type { DocumentStore, StoredRecord } from "./store/document-store.ts";
import { readRange } from "./store/read-records.ts";
import { encodeValue } from "./values/encode-key.ts";
import { valueType } from "./values/value-type.ts";

/**
 * Deletes the documents whose date in a TTL index lies further back than its `expireAfterSeconds`; of an array,
 * its earliest date counts. As in MongoDB, a document may outlive its date by the time between two sweeps.
 *
 * @param now milliseconds since 1970
 * @returns how many documents went
 */
export function deleteExpired(store: DocumentStore, now: number): number {
  let deleted = 0;
  for (const collection of store.catalog.list()) {
    for (const index of collection.indexes) deleted += deleteExpiredOf(store, collection, index, now);
  }
  store.commit();
  return deleted;
}

function deleteExpiredOf(store: DocumentStore, collection: Collection, index: Index, now: number): number {
  if (index.expireAfterSeconds === undefined) return 0;
  const expired = new Map<number, StoredRecord>();
  const range = datesUpTo(new Date(now - index.expireAfterSeconds * 1000), index.fields[0]?.direction === -1);
  for (const record of readRange(store.file, collection, index, range, false))
    expired.set(record.rid, record);
  for (const record of expired.values()) store.remove(collection, record);
  return expired.size;
}

function datesUpTo(date: Date, descending: boolean): { from: Buffer; below: Buffer } {
  const [first, last] = [Buffer.from([valueType.date]), encodeValue(date)];
  if (!descending) return { from: first, below: afterPrefix(last) };
  return { from: complement(last), below: afterPrefix(complement(first)) };
}

function complement(key: Buffer): Buffer {
  return Buffer.from(key.map((byte) => ~byte));
}
