import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { documentKeys } from "../query/document-keys.ts";
import { temporaryFolder } from "../testing/test-database.ts";
import { decodeDocument } from "../values/document.ts";
import { indexTable } from "./collection.ts";
import { DocumentStore } from "./document-store.ts";
import { parseIndexSpecification } from "./index-specification.ts";
import { readRecords } from "./read-records.ts";

let directory: string;
let path: string;

beforeEach(() => {
  directory = temporaryFolder();
  path = join(directory, "test.sqlite");
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe("DocumentStore", () => {
  it("keeps the entries of its indexes what the documents say, whatever is written", () => {
    const store = new DocumentStore(path);
    const value = fc.oneof(fc.constantFrom(1, 2), fc.array(fc.constantFrom(1, 2, 3), { maxLength: 3 }));
    const write = fc.record({
      kind: fc.constantFrom("insert", "replace", "remove"),
      at: fc.nat(5),
      a: value,
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
        const collection = store.ensure("db", "c");
        const index = store.buildIndex(
          collection,
          parseIndexSpecification({ key: { a: 1, b: 1 }, name: "a" }),
        );
        writes.forEach(({ kind, at, a }, _id) => {
          const record = [...readRecords(store.file, collection)][at];
          if (kind === "insert") store.insert(collection, { _id, a, b: _id });
          else if (record && kind === "remove") store.remove(collection, record);
          else if (record) store.replace(collection, record, { ...decodeDocument(record.bytes), a });
        });
        const wanted = [...readRecords(store.file, collection)].flatMap(({ rid, bytes }) =>
          documentKeys(decodeDocument(bytes), index.fields).keys.map(
            (key) => `${key.toString("hex")} ${rid}`,
          ),
        );
        const entries = store.file.all(`SELECT hex(key) AS key, rid FROM ${indexTable(index)}`);
        expect(entries.map(({ key, rid }) => `${String(key).toLowerCase()} ${String(rid)}`).sort()).toEqual(
          wanted.sort(),
        );
        store.rollback();
      }),
      { numRuns: 200 },
    );
    store.close();
  });

  it("finds collections and indexes again", () => {
    const store = new DocumentStore(path);
    const collection = store.ensure("db", "c");
    store.buildIndex(
      collection,
      parseIndexSpecification({ key: { a: -1 }, name: "a", unique: true, expireAfterSeconds: 5 }),
    );
    store.insert(collection, { _id: 1, a: [1, 2] });
    store.commit();
    store.close();
    const again = new DocumentStore(path);
    expect(again.catalog.find("db", "c")?.indexes[0]?.name).toBe("_id_");
    expect(again.catalog.find("db", "c")?.indexes[1]).toMatchObject({
      name: "a",
      unique: true,
      expireAfterSeconds: 5,
      multikey: true,
    });
    again.close();
  });

  it("has one owner", () => {
    const store = new DocumentStore(path);
    expect(() => new DocumentStore(path)).toThrow(`${path} is locked by another process`);
    store.close();
  });

  it("stops at another schema and says what to do", () => {
    new DocumentStore(path).close();
    const file = new DatabaseSync(path);
    file.exec("PRAGMA user_version = 7");
    file.close();
    expect(() => new DocumentStore(path)).toThrow(/schema 7.*reads schema 2.*migrate.*reset, delete/);
  });

  it("stops at a file that is not its own", () => {
    const file = new DatabaseSync(path);
    file.exec("CREATE TABLE other (x)");
    file.close();
    expect(() => new DocumentStore(path)).toThrow("not a database of Specimen's");
  });
});
