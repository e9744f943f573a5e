import { CommandError } from "../errors.ts";
import type { Document } from "../values/document.ts";
import { decodeDocument, encodeDocument } from "../values/document.ts";
import { numberOf } from "../values/numbers.ts";
import { parseIndexSpecification } from "./index-specification.ts";
import type { IndexSpecification } from "./index-specification.ts";
import type { Collection, Index } from "./collection.ts";
import { documentTable, indexTable, namespaceOf } from "./collection.ts";
import type { DatabaseFile } from "./database-file.ts";

/** Which collections and indexes there are: kept in memory, written through to the file. */
export class Catalog {
  readonly #file: DatabaseFile;
  readonly #collections = new Map<string, Collection>();

  constructor(file: DatabaseFile) {
    this.#file = file;
    this.reload();
  }

  /** Reads everything again, which a transaction that was rolled back makes necessary. */
  reload(): void {
    this.#collections.clear();
    for (const row of this.#file.all("SELECT id, database, name FROM collections ORDER BY id")) {
      const collection = {
        id: Number(row.id),
        database: String(row.database),
        name: String(row.name),
      };
      this.#collections.set(namespaceOf(collection), {
        ...collection,
        indexes: this.#readIndexes(collection.id),
      });
    }
  }

  find(database: string, name: string): Collection | undefined {
    return this.#collections.get(namespaceOf({ database, name }));
  }

  /** The collections of one database, or all there are, in order of creation. */
  list(database?: string): Collection[] {
    return [...this.#collections.values()].filter(
      (one) => database === undefined || one.database === database,
    );
  }

  /** The collection, made with its `_id_` index when it is absent. @throws {CommandError} `InvalidNamespace` */
  ensure(database: string, name: string): Collection {
    return this.find(database, name) ?? this.#create(database, name);
  }

  drop(collection: Collection): void {
    for (const index of [...collection.indexes]) this.dropIndex(collection, index);
    this.#dropTable(documentTable(collection));
    this.#file.run("DELETE FROM collections WHERE id = ?", collection.id);
    this.#collections.delete(namespaceOf(collection));
  }

  /** Adds an index without entries. */
  addIndex(collection: Collection, specification: IndexSpecification): Index {
    const { rowId: id } = this.#file.run(
      "INSERT INTO indexes (collection, specification) VALUES (?, ?)",
      collection.id,
      encodeDocument(describeIndex(specification)),
    );
    const index: Index = { id, ...specification, multikey: false };
    this.#file.execute(
      `CREATE TABLE ${indexTable(index)} (key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (key, rid)) WITHOUT ROWID`,
    );
    collection.indexes.push(index);
    return index;
  }

  dropIndex(collection: Collection, index: Index): void {
    this.#dropTable(indexTable(index));
    this.#file.run("DELETE FROM indexes WHERE id = ?", index.id);
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
  }

  /** Notes that an array was met, once and for good. */
  markMultikey(index: Index): void {
    if (index.multikey) return;
    this.#file.run("UPDATE indexes SET multikey = 1 WHERE id = ?", index.id);
    index.multikey = true;
  }

  #create(database: string, name: string): Collection {
    assertNamespace(database, name);
    const { rowId: id } = this.#file.run(
      "INSERT INTO collections (database, name) VALUES (?, ?)",
      database,
      name,
    );
    const collection: Collection = { id, database, name, indexes: [] };
    this.#file.execute(
      `CREATE TABLE ${documentTable(collection)} (rid INTEGER PRIMARY KEY, document BLOB NOT NULL)`,
    );
    this.addIndex(collection, parseIndexSpecification({ key: { _id: 1 }, name: "_id_", unique: true }));
    this.#collections.set(namespaceOf(collection), collection);
    return collection;
  }

  #dropTable(table: string): void {
    this.#file.forget(table);
    this.#file.execute(`DROP TABLE ${table}`);
  }

  #readIndexes(collection: number): Index[] {
    const rows = this.#file.all(
      "SELECT id, specification, multikey FROM indexes WHERE collection = ? ORDER BY id",
      collection,
    );
    return rows.map(({ id, specification, multikey }) => {
      if (!(specification instanceof Uint8Array)) throw new TypeError("an index without a specification");
      return {
        id: Number(id),
        ...parseIndexSpecification(decodeDocument(specification)),
        multikey: numberOf(multikey) === 1,
      };
    });
  }
}

/** An index as `listIndexes` shows it and as the catalog keeps it. */
export function describeIndex({ key, name, unique, expireAfterSeconds }: IndexSpecification): Document {
  return {
    v: 2,
    key,
    name,
    ...(unique && name !== "_id_" ? { unique } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  };
}

function assertNamespace(database: string, name: string): void {
  const isDatabase = /^[^/\\. "$*<>:|?\0]{1,63}$/.test(database);
  const isCollection =
    name !== "" && !/[$\0]/.test(name) && !name.startsWith("system.") && !/^\.|\.$/.test(name);
  if (isDatabase && isCollection && Buffer.byteLength(`${database}.${name}`) <= 255) return;
  throw new CommandError("InvalidNamespace", "Invalid namespace specified");
}
