import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { BSONRegExp, Int32 } from "bson";
import { sortKey } from "../query/document-keys.ts";
import { matches } from "../query/matches.ts";
import { parseFilter } from "../query/parse-filter.ts";
import { parseSort } from "../query/parse-sort.ts";
import type { Collection } from "../store/collection.ts";
import { DocumentStore } from "../store/document-store.ts";
import { parseIndexSpecification } from "../store/index-specification.ts";
import { scalar } from "../testing/arbitrary-value.ts";
import { temporaryFolder } from "../testing/test-database.ts";
import type { Document } from "../values/document.ts";
import { decodeDocument, encodeDocument } from "../values/document.ts";
import { runQuery } from "./run-query.ts";

const directory = temporaryFolder();
let store: DocumentStore;

beforeAll(() => {
  store = new DocumentStore(join(directory, "test.sqlite"));
});

afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const small = fc.oneof(
  fc.integer({ min: -2, max: 3 }).map((value) => new Int32(value)),
  fc.constantFrom("a", "ab", null),
);
const field = fc.oneof({ weight: 5, arbitrary: small }, scalar());
const part = fc.record({ c: small, d: small }, { requiredKeys: [] });
const fieldOrArray = fc.oneof(
  field,
  fc.array(small, { maxLength: 3 }),
  part,
  fc.array(part, { maxLength: 3 }),
);

function documentsWith(value: fc.Arbitrary<unknown>): fc.Arbitrary<Document[]> {
  return fc.array(fc.record({ a: value, b: small }, { requiredKeys: [] }), { minLength: 1, maxLength: 25 });
}

const bound = field.filter((value) => !(value instanceof BSONRegExp));

const operators = fc.oneof(
  field,
  fc.record({ $gt: bound, $lte: bound }, { requiredKeys: ["$gt"] }),
  fc.record({ $gte: bound, $lt: bound }, { requiredKeys: ["$lt"] }),
  fc.record({ $in: fc.array(field, { maxLength: 3 }) }),
  fc.record({ $ne: small }),
  fc.constant({ $exists: false }),
  fc.constant({ $regex: "^a" }),
);

function queryOn(paths: readonly string[]): fc.Arbitrary<Document> {
  const clause = fc.dictionary(fc.constantFrom(...paths), operators, { maxKeys: 2 });
  const alternatives = fc.array(clause, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    clause,
    fc.tuple(clause, alternatives).map(([own, $or]) => ({ ...own, $or })),
  );
}

const direction = fc.constantFrom(1, -1);
const sort = fc.oneof(
  fc.constant({}),
  direction.map((a) => ({ a })),
  fc.tuple(direction, direction).map(([a, b]) => ({ a, b })),
  fc.tuple(direction, direction).map(([b, a]) => ({ b, a })),
);

function fill(documents: readonly Document[], keys: readonly Document[]): Collection {
  const collection = store.ensure("db", "c");
  documents.forEach((document) => store.insert(collection, document));
  for (const key of keys) {
    store.buildIndex(collection, parseIndexSpecification({ key, name: JSON.stringify(key) }));
  }
  return collection;
}

/** As the server sees it. */
function throughBson(document: Document): Document {
  return decodeDocument(encodeDocument(document));
}

function check(
  documents: readonly Document[],
  filterDocument: Document,
  sortDocument: Document,
  keys: readonly Document[],
): void {
  const filter = parseFilter(throughBson(filterDocument));
  const fields = parseSort(sortDocument);
  const stored = documents.map((document, _id) => throughBson({ _id: new Int32(_id), ...document }));
  const wanted = stored.filter((document) => matches(document, filter));
  const found = Array.from(
    runQuery(store, fill(stored, keys), { filter, sort: fields, skip: 0, limit: 0 }),
    ({ document }) => document,
  );
  const ids = (list: readonly Document[]): string[] => list.map(({ _id }) => String(_id)).sort();
  expect(ids(found)).toEqual(ids(wanted));
  const order = found.map((document) => sortKey(document, fields).toString("hex"));
  expect(order).toEqual([...order].sort());
}

describe("runQuery", () => {
  it("finds with any indexes what the matcher finds alone, in order", () => {
    const keys = fc.subarray<Document>([{ a: 1 }, { a: -1, b: 1 }, { b: -1, a: -1 }]);
    checkAll(documentsWith(field), queryOn(["a", "b"]), sort, keys);
  });

  it("does so too when there are arrays and documents", () => {
    const keys = fc.subarray<Document>([{ a: 1 }, { b: -1, a: 1 }, { "a.c": 1, "a.d": -1 }]);
    checkAll(documentsWith(fieldOrArray), queryOn(["a", "a.c", "a.d"]), sort, keys);
  });

  it("sorts arrays by their least or greatest element, whichever elements are looked for", () => {
    const number = fc.integer({ min: 0, max: 5 }).map((value) => new Int32(value));
    const documents = documentsWith(fc.array(number, { minLength: 1, maxLength: 3 }));
    const query = number.map((least) => ({ a: { $gt: least } }));
    checkAll(documents, query, fc.constantFrom({ a: 1 }, { a: -1 }), fc.constant([{ a: 1 }]));
  });
});

function checkAll(
  ...samples: Parameters<typeof fc.tuple<[Document[], Document, Document, Document[]]>>
): void {
  const property = fc.property(fc.tuple(...samples), (sample) => {
    try {
      check(...sample);
    } finally {
      store.rollback();
    }
  });
  fc.assert(property, { numRuns: 1000 });
}
