import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { deleteExpired } from "./delete-expired.ts";
import { DocumentStore } from "./store/document-store.ts";
import { parseIndexSpecification } from "./store/index-specification.ts";
import { readRecords } from "./store/read-records.ts";
import { temporaryFolder } from "./testing/test-database.ts";
import { decodeDocument } from "./values/document.ts";

let directory: string;
let store: DocumentStore;

beforeEach(() => {
  directory = temporaryFolder();
  store = new DocumentStore(join(directory, "test.sqlite"));
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

describe("deleteExpired", () => {
  it.each([1, -1])("deletes by the earliest date, and nothing without a date (direction %d)", (direction) => {
    const collection = store.ensure("db", "c");
    store.buildIndex(
      collection,
      parseIndexSpecification({ key: { at: direction }, name: "ttl", expireAfterSeconds: 10 }),
    );
    const dates = [
      new Date(0),
      new Date(5_000),
      new Date(5_001),
      [new Date(9_000), new Date(1)],
      "text",
      null,
      0,
    ];
    dates.forEach((at, _id) => store.insert(collection, { _id, at }));
    expect(deleteExpired(store, 15_000)).toBe(3);
    const ids = [...readRecords(store.file, collection)].map(({ bytes }) =>
      Number(decodeDocument(bytes)._id),
    );
    expect(ids).toEqual([2, 4, 5, 6]);
  });
});
