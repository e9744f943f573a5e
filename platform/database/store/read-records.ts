import type { Collection, Index } from "./collection.ts";
import { documentTable, indexTable } from "./collection.ts";
import type { DatabaseFile, Row } from "./database-file.ts";
import type { StoredRecord } from "./document-store.ts";

/** Keys from `from` on and below `below`. */
export interface KeyRange {
  readonly from: Buffer;
  readonly below: Buffer;
}

const firstPage = 16;
const largestPage = 1024;

/**
 * All documents in order of insertion. They are read page by page, each from where the last one ended, so a cursor
 * may rest between two pages for as long as it likes while others write.
 */
export function* readRecords(file: DatabaseFile, collection: Collection): Generator<StoredRecord> {
  const sql = `SELECT rid, document FROM ${documentTable(collection)} WHERE rid > ? ORDER BY rid LIMIT ?`;
  let last = 0;
  for (let size = firstPage; ; size = Math.min(size * 4, largestPage)) {
    const rows = file.all(sql, last, size);
    for (const row of rows) {
      const record = recordOf(row);
      last = record.rid;
      yield record;
    }
    if (rows.length < size) return;
  }
}

/** The documents of one range of an index, in its order or against it; one for every entry. */
export function* readRange(
  file: DatabaseFile,
  collection: Collection,
  index: Index,
  range: KeyRange,
  reverse: boolean,
): Generator<StoredRecord> {
  const sql = rangeStatement(collection, index, reverse);
  const end = reverse ? range.from : range.below;
  let position = reverse ? range.below : range.from;
  let last = 0;
  for (let size = firstPage; ; size = Math.min(size * 4, largestPage)) {
    const rows = file.all(sql, position, last, end, size);
    for (const row of rows) {
      const record = recordOf(row);
      last = record.rid;
      position = Buffer.from(bytesOf(row, "key"));
      yield record;
    }
    if (rows.length < size) return;
  }
}

/** A `rid` is at least 1, so 0 stands before the first of a key, whichever way the scan goes. */
function rangeStatement(collection: Collection, index: Index, reverse: boolean): string {
  const [beyond, within, order] = reverse ? ["<", ">=", "DESC"] : [">", "<", "ASC"];
  return (
    `SELECT i.key, i.rid, d.document FROM ${indexTable(index)} AS i CROSS JOIN ${documentTable(collection)} AS d ` +
    `ON d.rid = i.rid WHERE (i.key, i.rid) ${beyond} (?, ?) AND i.key ${within} ? ` +
    `ORDER BY i.key ${order}, i.rid ${order} LIMIT ?`
  );
}

function recordOf(row: Row): StoredRecord {
  return { rid: Number(row.rid), bytes: bytesOf(row, "document") };
}

function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a row without its ${column}`);
}
