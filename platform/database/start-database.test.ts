import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Decimal128, Long, MongoClient, ObjectId } from "mongodb";
import type { Document } from "mongodb";
import { startDatabase } from "./start-database.ts";
import type { TestDatabase } from "./testing/test-database.ts";
import { codeOf, startTestDatabase, temporaryFolder } from "./testing/test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});

afterAll(() => database.close());

/** The stages of a plan with their indexes: `IXSCAN <index>` or `COLLSCAN`, after `SORT` when the index does not sort. */
function scanOf(explained: Document): string {
  const stages: string[] = [];
  for (
    let plan = (explained.queryPlanner as Document).winningPlan as Document | undefined;
    plan;
    plan = plan.inputStage as Document | undefined
  ) {
    if (plan.stage !== "FETCH")
      stages.push(plan.stage as string, ...(plan.indexName ? [plan.indexName as string] : []));
  }
  return stages.join(" ");
}

describe("the driver", () => {
  it("inserts and finds, with every type it knows", async () => {
    const collection = database.collection();
    const document = {
      _id: new ObjectId(),
      text: "Zoë \u{1f600}\0",
      whole: 1,
      real: 1.5,
      long: Long.fromNumber(2 ** 40),
      date: new Date(1),
      flag: true,
      nothing: null,
      list: [1, [2], { a: 3 }],
      bytes: Buffer.from([1, 2]),
    };
    await collection.insertOne(document);
    expect(await collection.findOne({ _id: document._id }, { promoteBuffers: true })).toEqual({
      ...document,
      long: 2 ** 40,
    });
  });

  it("pages through cursors", async () => {
    const collection = database.collection<{ _id: number }>();
    await collection.insertMany(Array.from({ length: 2500 }, (_, _id) => ({ _id })));
    const ids = await collection
      .find()
      .batchSize(7)
      .map(({ _id }) => _id)
      .toArray();
    expect(ids).toEqual(Array.from({ length: 2500 }, (_, index) => index));
    expect(
      await collection
        .find({}, { skip: 2490, limit: 5, sort: { _id: -1 } })
        .map(({ _id }) => _id)
        .toArray(),
    ).toEqual([9, 8, 7, 6, 5]);
  });

  it("reads on with a cursor while documents come and go", async () => {
    const collection = database.collection<{ _id: number }>();
    await collection.insertMany(Array.from({ length: 100 }, (_, _id) => ({ _id })));
    const cursor = collection.find({}, { batchSize: 10, sort: { _id: 1 } });
    const first = await cursor.next();
    await collection.deleteMany({ _id: { $gte: 50 } });
    await collection.insertOne({ _id: 1000 });
    const rest = await cursor.toArray();
    expect([first?._id, ...rest.map(({ _id }) => _id)]).toEqual([
      ...Array.from({ length: 50 }, (_, index) => index),
      1000,
    ]);
  });

  it("updates, upserts and replaces", async () => {
    const collection = database.collection<{ _id: string; n?: number; tag?: string }>();
    await collection.insertMany([
      { _id: "a", n: 1 },
      { _id: "b", n: 1 },
    ]);
    expect(await collection.updateMany({ n: 1 }, { $inc: { n: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await collection.updateOne({ _id: "a" }, { $set: { n: 2 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
    const upsert = await collection.updateOne(
      { _id: "c", tag: "x" },
      { $setOnInsert: { n: 9 } },
      { upsert: true },
    );
    expect(upsert).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: "c" });
    await collection.replaceOne({ _id: "b" }, { tag: "new" });
    expect(await collection.find().toArray()).toEqual([
      { _id: "a", n: 2 },
      { _id: "b", tag: "new" },
      { _id: "c", tag: "x", n: 9 },
    ]);
    expect(await collection.deleteOne({ n: { $gt: 1 } })).toMatchObject({ deletedCount: 1 });
    expect(await collection.deleteMany({})).toMatchObject({ deletedCount: 2 });
  });

  it("finds and modifies", async () => {
    const collection = database.collection<{ _id: string; n: number; at?: Date }>();
    await collection.insertMany([
      { _id: "a", n: 1 },
      { _id: "b", n: 2 },
    ]);
    const options = { sort: { n: -1 }, projection: { _id: 0 } } as const;
    expect(
      await collection.findOneAndUpdate({}, { $inc: { n: 5 } }, { ...options, returnDocument: "after" }),
    ).toEqual({ n: 7 });
    expect(await collection.findOneAndReplace({ _id: "a" }, { n: 3 })).toEqual({ _id: "a", n: 1 });
    expect(await collection.findOneAndDelete({ n: 3 })).toEqual({ _id: "a", n: 3 });
    expect(await collection.findOneAndUpdate({ _id: "x" }, { $set: { n: 1 } })).toBeNull();
    const made = await collection.findOneAndUpdate(
      { _id: "x" },
      { $set: { n: 1 } },
      { upsert: true, returnDocument: "after" },
    );
    expect(made).toEqual({ _id: "x", n: 1 });
  });

  it("reports duplicate keys, wherever they come up", async () => {
    const collection = database.collection();
    await collection.createIndexes([{ key: { a: 1, b: -1 }, unique: true }]);
    await collection.insertOne({ a: 1, b: 1 });
    const duplicate = { code: 11000, keyPattern: { a: 1, b: -1 }, keyValue: { a: 1, b: 1 } };
    await expect(collection.insertOne({ a: 1, b: 1 })).rejects.toMatchObject({ code: 11000 });
    await collection.insertOne({ _id: new ObjectId(), a: 2, b: 1 });
    await expect(collection.findOneAndUpdate({ a: 2 }, { $set: { a: 1 } })).rejects.toMatchObject(duplicate);
    const bulk = collection.insertMany(
      [
        { a: 1, b: 1 },
        { a: 3, b: 1 },
      ],
      { ordered: false },
    );
    await expect(bulk).rejects.toMatchObject({ insertedCount: 1, writeErrors: [{ index: 0 }] });
    await collection.insertMany([
      { c: 1, a: 8 },
      { c: 1, a: 9 },
    ]);
    await expect(collection.createIndexes([{ key: { c: 1 }, unique: true }])).rejects.toMatchObject({
      code: 11000,
      keyValue: { c: null },
    });
    expect(await collection.indexes()).toHaveLength(2);
  });

  it("counts, lists and aggregates", async () => {
    const collection = database.collection();
    expect(await collection.countDocuments()).toBe(0);
    await collection.insertMany([
      { k: "x", n: 1 },
      { k: "y", n: 2 },
      { k: "x", n: 3 },
      { n: 4, l: [1, 2] },
    ]);
    expect(await collection.countDocuments({ k: "x" })).toBe(2);
    expect(await collection.estimatedDocumentCount()).toBe(4);
    expect(await collection.distinct("k")).toEqual(["x", "y"]);
    expect(await collection.distinct("l")).toEqual([1, 2]);
    const pipeline = [
      { $match: { n: { $gt: 0 } } },
      { $sort: { n: -1 } },
      {
        $group: {
          _id: "$k",
          n: { $sum: "$n" },
          all: { $push: "$n" },
          most: { $max: "$n" },
          mean: { $avg: "$n" },
        },
      },
      { $sort: { _id: 1 } },
      { $skip: 1 },
      { $project: { most: 0 } },
    ];
    expect(await collection.aggregate(pipeline).toArray()).toEqual([
      { _id: "x", n: 4, all: [3, 1], mean: 2 },
      { _id: "y", n: 2, all: [2], mean: 2 },
    ]);
    expect(await collection.aggregate([{ $limit: 3 }, { $count: "n" }]).toArray()).toEqual([{ n: 3 }]);
  });

  it("keeps collections and indexes", async () => {
    const collection = database.collection();
    await collection.createIndexes([
      { key: { a: 1 }, name: "a" },
      { key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    expect(await collection.createIndexes([{ key: { a: 1 }, name: "a" }])).toEqual(["a"]);
    expect(await codeOf(collection.createIndexes([{ key: { a: 1 }, name: "other" }]))).toBe(85);
    expect(await codeOf(collection.createIndexes([{ key: { b: 1 }, name: "a" }]))).toBe(86);
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(["_id_", "a", "at_1"]);
    await collection.dropIndex("a");
    expect(await codeOf(collection.dropIndex("a"))).toBe(27);
    expect(await codeOf(collection.dropIndex("_id_"))).toBe(72);
    const names = await database.db.listCollections({ name: collection.collectionName }).toArray();
    expect(names).toMatchObject([{ name: collection.collectionName, type: "collection" }]);
    expect(await codeOf(database.db.createCollection(collection.collectionName))).toBe(48);
    await collection.drop();
    expect(await codeOf(collection.indexes())).toBe(26);
  });

  it("accepts what it sends along: sessions, concerns, comments, unacknowledged writes", async () => {
    const collection = database.collection<{ _id: number }>();
    await collection.insertOne({ _id: 1 }, { writeConcern: { w: 0 } });
    await collection.insertOne({ _id: 2 }, { writeConcern: { w: "majority", journal: true }, comment: "c" });
    const found = await collection
      .find({}, { readConcern: "majority", maxTimeMS: 50, hint: "_id_" })
      .toArray();
    expect(found).toEqual([{ _id: 1 }, { _id: 2 }]);
  });
});

describe("the planner", () => {
  it("pages by a compound index without reading the collection or sorting", async () => {
    const collection = database.collection<{ _id: number; patientId: string }>();
    await collection.createIndexes([{ key: { patientId: 1, _id: 1 }, name: "byPatient" }]);
    await collection.insertMany(
      Array.from({ length: 3000 }, (_, _id) => ({ _id, patientId: `p${_id % 3}` })),
    );
    const query = collection
      .find({ patientId: "p1", _id: { $gt: 1000 } })
      .sort({ _id: 1 })
      .limit(101);
    const plan = await query.clone().explain();
    expect(scanOf(plan)).toBe("IXSCAN byPatient");
    expect(plan.executionStats).toMatchObject({
      nReturned: 101,
      totalKeysExamined: 101,
      totalDocsExamined: 101,
    });
    expect((await query.toArray()).map(({ _id }) => _id)).toEqual(
      Array.from({ length: 101 }, (_, index) => 1003 + 3 * index),
    );
  });

  it.each<[string, Document, Document, string]>([
    ["an id", { _id: 1 }, {}, "IXSCAN _id_"],
    ["an order alone", {}, { at: -1, _id: -1 }, "IXSCAN newest"],
    ["an order against the index", {}, { at: 1, _id: 1 }, "IXSCAN newest"],
    ["an order that no index has", { k: 1 }, { at: 1, _id: -1 }, "SORT IXSCAN k_1"],
    [
      "the next page of two fields",
      { $or: [{ at: { $lt: 5 } }, { at: 5, _id: { $lt: 3 } }] },
      { at: -1, _id: -1 },
      "IXSCAN newest",
    ],
    ["a list", { k: { $in: [1, 2] } }, {}, "IXSCAN k_1"],
    ["nothing that is indexed", { z: 1 }, {}, "COLLSCAN"],
    ["negations", { k: { $ne: 1 } }, {}, "COLLSCAN"],
  ])("bounds %s", async (_title, filter, sort, scan) => {
    const collection = database.collection();
    await collection.createIndexes([{ key: { at: -1, _id: -1 }, name: "newest" }]);
    await collection.createIndexes([{ key: { k: 1 } }]);
    expect(
      scanOf(
        await collection
          .find(filter)
          .sort(sort as Record<string, 1 | -1>)
          .explain(),
      ),
    ).toBe(scan);
  });
});

describe("what it refuses", () => {
  it.each<[string, number, () => Promise<unknown>]>([
    ["text indexes", 67, () => database.collection().createIndexes([{ key: { a: "text" } }])],
    ["hashed indexes", 67, () => database.collection().createIndexes([{ key: { a: "hashed" } }])],
    ["wildcard indexes", 67, () => database.collection().createIndexes([{ key: { "$**": 1 } }])],
    [
      "partial indexes",
      238,
      () => database.collection().createIndexes([{ key: { a: 1 }, partialFilterExpression: { a: 1 } }]),
    ],
    ["sparse indexes", 238, () => database.collection().createIndexes([{ key: { a: 1 }, sparse: true }])],
    [
      "collations",
      238,
      () =>
        database
          .collection()
          .find({}, { collation: { locale: "de" } })
          .toArray(),
    ],
    ["capped collections", 40415, () => database.db.createCollection("capped", { capped: true, size: 1 })],
    ["validators", 40415, () => database.db.createCollection("valid", { validator: {} })],
    ["views", 40415, () => database.db.createCollection("view", { viewOn: "c" })],
    ["renames", 59, () => database.db.collection("a").rename("b")],
    ["unknown commands", 59, () => database.db.command({ frobnicate: 1 })],
    ["unknown fields", 40415, () => database.db.command({ find: "c", frobnicate: 1 })],
    ["change streams", 40573, () => database.collection().watch().tryNext()],
    [
      "$out",
      238,
      () =>
        database
          .collection()
          .aggregate([{ $out: "x" }])
          .toArray(),
    ],
    [
      "$lookup",
      40324,
      () =>
        database
          .collection()
          .aggregate([{ $lookup: {} }])
          .toArray(),
    ],
    [
      "$function",
      168,
      () =>
        database
          .collection()
          .aggregate([{ $group: { _id: { $function: {} } } }])
          .toArray(),
    ],
    ["$where", 238, () => database.collection().find({ $where: "true" }).toArray()],
    [
      "unknown operators",
      2,
      () =>
        database
          .collection()
          .find({ a: { $frob: 1 } })
          .toArray(),
    ],
    ["tailable cursors", 238, () => database.collection().find({}, { tailable: true }).toArray()],
    ["Decimal128", 238, () => database.collection().insertOne({ a: Decimal128.fromString("1") })],
    ["integers beyond 2^53", 238, () => database.collection().insertOne({ a: Long.MAX_VALUE })],
    ["pipelines as updates", 238, () => database.collection().updateOne({}, [{ $set: { a: 1 } }])],
    [
      "array filters",
      40415,
      () => database.collection().updateOne({}, { $set: { a: 1 } }, { arrayFilters: [] }),
    ],
    ["array ids", 53, () => database.collection<{ _id: number[] }>().insertOne({ _id: [1] })],
    ["dollars in names", 52, () => database.collection().insertOne({ a: { $b: 1 } })],
    ["bad names", 73, () => database.db.command({ create: "system.x" })],
    [
      "unknown hints",
      2,
      async () => {
        const collection = database.collection();
        await collection.insertOne({});
        return collection.find({}, { hint: "nowhere" }).toArray();
      },
    ],
    ["ended cursors", 43, () => database.db.command({ getMore: Long.fromNumber(7), collection: "c" })],
  ])("%s with %d", async (_title, code, command) => {
    expect(await codeOf(command())).toBe(code);
  });

  it("transactions, with 263", async () => {
    const client = new MongoClient(database.uri);
    const session = client.startSession();
    session.startTransaction();
    expect(await codeOf(client.db("test").collection("t").insertOne({}, { session }))).toBe(263);
    await session.abortTransaction().catch(() => undefined);
    await client.close();
  });

  it("credentials, with 18", async () => {
    const client = new MongoClient(database.uri.replace("mongodb://", "mongodb://user:secret@"));
    await expect(client.connect()).rejects.toThrow("no users");
    await client.close();
  });
});

describe("startDatabase", () => {
  it("has a folder that is closed to others", () => {
    expect(statSync(database.directory).mode & 0o777).toBe(0o700);
  });

  it("stops when the folder is in use, and names the owner", async () => {
    const again = startDatabase({ directory: database.directory, name: "test" });
    await expect(again).rejects.toThrow(`in ${database.directory} is in use by process ${process.pid}`);
  });

  it("stops at a bad name", async () => {
    await expect(startDatabase({ directory: "x", name: "../x" })).rejects.toThrow("lower-case letters");
  });

  it("listens on loopback when asked, takes over a stale socket, and keeps what it has", async () => {
    const directory = temporaryFolder();
    const first = await startDatabase({ directory, name: "a" });
    await withClient(first.uri, (client) => client.db("d").collection("c").insertOne({ n: 1 }));
    await first.close();
    mkdirSync(dirname(join(directory, "a.sock")), { recursive: true });
    const second = await startDatabase({ directory, name: "a", tcpPort: 0 });
    const uri = `mongodb://127.0.0.1:${second.tcpPort ?? 0}/`;
    expect(
      await withClient(uri, (client) =>
        client
          .db("d")
          .collection("c")
          .findOne({}, { projection: { _id: 0 } }),
      ),
    ).toEqual({ n: 1 });
    await second.close();
    rmSync(directory, { recursive: true });
  });

  it("can live in a folder with any name", async () => {
    const parent = temporaryFolder();
    const database = await startDatabase({ directory: join(parent, "a b%20#?@é:"), name: "a" });
    expect(await withClient(database.uri, (client) => client.db("d").command({ ping: 1 }))).toEqual({
      ok: 1,
    });
    await database.close();
    rmSync(dirname(socketOf(database.uri)), { recursive: true });
    rmSync(parent, { recursive: true });
  });

  it("moves the socket when the folder's path is too long for one", async () => {
    const parent = temporaryFolder();
    const database = await startDatabase({ directory: join(parent, "x".repeat(120)), name: "a" });
    const path = socketOf(database.uri);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(107);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(await withClient(database.uri, (client) => client.db("d").command({ ping: 1 }))).toEqual({
      ok: 1,
    });
    await database.close();
    rmSync(dirname(path), { recursive: true });
    rmSync(parent, { recursive: true });
  });
});

function socketOf(uri: string): string {
  return decodeURIComponent(uri.slice("mongodb://".length, -1));
}

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uri).connect();
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
