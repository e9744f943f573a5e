import { CommandError } from "../errors.ts";
import { documentKeys } from "../query/document-keys.ts";
import { assertSupported } from "../values/assert-supported.ts";
import { valuesAtPath } from "../values/field-path.ts";
import type { Document } from "../values/document.ts";
import { decodeDocument, encodeStored } from "../values/document.ts";
import { Catalog } from "./catalog.ts";
import type { Collection, Index } from "./collection.ts";
import { documentTable, indexTable, namespaceOf } from "./collection.ts";
import { DatabaseFile } from "./database-file.ts";
import type { IndexSpecification } from "./index-specification.ts";
import { readRecords } from "./read-records.ts";

/** A stored document and where it is. */
export interface StoredRecord {
  readonly rid: number;
  readonly bytes: Uint8Array;
}

/**
 * Documents with their index entries. A document is checked in full, uniqueness included, before its first write,
 * so a `CommandError` leaves nothing behind and the transaction of a group of commands needs no savepoint.
 */
export class DocumentStore {
  readonly file: DatabaseFile;
  readonly catalog: Catalog;

  /** @throws {Error} as {@link DatabaseFile} does */
  constructor(path: string) {
    this.file = new DatabaseFile(path);
    this.catalog = new Catalog(this.file);
  }

  /** @throws {CommandError} `DuplicateKey`, `BadValue`, `InvalidIdField` … */
  insert(collection: Collection, document: Document): void {
    const entries = this.#check(collection, document, undefined);
    const bytes = encodeStored(document);
    this.#begin();
    const { rowId } = this.file.run(`INSERT INTO ${documentTable(collection)} (document) VALUES (?)`, bytes);
    for (const { index, keys } of entries) this.#addEntries(index, keys, rowId);
  }

  /** @returns whether the document differs from the one that is stored */
  replace(collection: Collection, record: StoredRecord, document: Document): boolean {
    const entries = this.#check(collection, document, record.rid);
    const bytes = encodeStored(document);
    if (Buffer.compare(bytes, record.bytes) === 0) return false;
    const before = decodeDocument(record.bytes);
    this.#begin();
    this.file.run(`UPDATE ${documentTable(collection)} SET document = ? WHERE rid = ?`, bytes, record.rid);
    for (const { index, keys } of entries)
      this.#changeEntries(index, documentKeys(before, index.fields).keys, keys, record.rid);
    return true;
  }

  remove(collection: Collection, record: StoredRecord): void {
    this.#begin();
    const document = decodeDocument(record.bytes);
    for (const index of collection.indexes) {
      for (const key of documentKeys(document, index.fields).keys) this.#removeEntry(index, key, record.rid);
    }
    this.file.run(`DELETE FROM ${documentTable(collection)} WHERE rid = ?`, record.rid);
  }

  /** How many documents there are. */
  count(collection: Collection): number {
    return Number(this.file.get(`SELECT COUNT(*) AS n FROM ${documentTable(collection)} `)?.n);
  }

  /** Makes a collection when it is absent, within the transaction. */
  ensure(database: string, name: string): Collection {
    this.#begin();
    return this.catalog.ensure(database, name);
  }

  drop(collection: Collection): void {
    this.#begin();
    this.catalog.drop(collection);
  }

  dropIndex(collection: Collection, index: Index): void {
    this.#begin();
    this.catalog.dropIndex(collection, index);
  }

  /** Makes an index and its entries. @throws {CommandError} `DuplicateKey`, after which the index is gone again */
  buildIndex(collection: Collection, specification: IndexSpecification): Index {
    this.#begin();
    const index = this.catalog.addIndex(collection, specification);
    try {
      for (const { rid, bytes } of readRecords(this.file, collection)) {
        const document = decodeDocument(bytes);
        this.#addEntries(index, this.#keysFor(collection, index, document, rid), rid);
      }
      return index;
    } catch (error) {
      if (error instanceof CommandError) this.catalog.dropIndex(collection, index);
      throw error;
    }
  }

  /** Makes what was written since the last commit durable. */
  commit(): void {
    if (this.file.inTransaction) this.file.execute("COMMIT");
  }

  rollback(): void {
    if (this.file.inTransaction) this.file.execute("ROLLBACK");
    this.catalog.reload();
  }

  close(): void {
    this.file.close();
  }

  #begin(): void {
    if (!this.file.inTransaction) this.file.execute("BEGIN IMMEDIATE");
  }

  #check(
    collection: Collection,
    document: Document,
    rid: number | undefined,
  ): { index: Index; keys: readonly Buffer[] }[] {
    assertSupported(document);
    return collection.indexes.map((index) => ({
      index,
      keys: this.#keysFor(collection, index, document, rid),
    }));
  }

  /** The document's keys, none of which another document has in a unique index. */
  #keysFor(
    collection: Collection,
    index: Index,
    document: Document,
    rid: number | undefined,
  ): readonly Buffer[] {
    const { keys, multikey } = documentKeys(document, index.fields);
    if (multikey && index.name === "_id_") {
      throw new CommandError("InvalidIdField", "The '_id' value cannot be of type array");
    }
    if (index.unique && keys.some((key) => this.#isTaken(index, key, rid)))
      throw duplicateKey(collection, index, document);
    if (multikey) {
      this.#begin();
      this.catalog.markMultikey(index);
    }
    return keys;
  }

  #isTaken(index: Index, key: Buffer, rid: number | undefined): boolean {
    const rows = this.file.all(`SELECT rid FROM ${indexTable(index)} WHERE key = ? LIMIT 2`, key);
    return rows.some((row) => Number(row.rid) !== rid);
  }

  #changeEntries(index: Index, before: readonly Buffer[], after: readonly Buffer[], rid: number): void {
    for (const key of before) {
      if (!after.some((one) => one.equals(key))) this.#removeEntry(index, key, rid);
    }
    const fresh = after.filter((key) => !before.some((one) => one.equals(key)));
    this.#addEntries(index, fresh, rid);
  }

  #addEntries(index: Index, keys: readonly Buffer[], rid: number): void {
    for (const key of keys)
      this.file.run(`INSERT INTO ${indexTable(index)} (key, rid) VALUES (?, ?)`, key, rid);
  }

  #removeEntry(index: Index, key: Buffer, rid: number): void {
    this.file.run(`DELETE FROM ${indexTable(index)} WHERE key = ? AND rid = ?`, key, rid);
  }
}

function duplicateKey(collection: Collection, index: Index, document: Document): CommandError {
  const keyValue = Object.fromEntries(
    index.fields.map(({ name, path }) => [name, valuesAtPath(document, path)[0] ?? null]),
  );
  const names = Object.keys(index.key).join(", ");
  return new CommandError(
    "DuplicateKey",
    `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.name} dup key: { ${names} }`,
    { keyPattern: index.key, keyValue },
  );
}
