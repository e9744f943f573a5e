import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from "mongodb";
import type { Collection, Db } from "mongodb";
import { LedgerWriter } from "../../../handlers/audit/ledger/ledger-writer.ts";
import type { LedgerWriterOptions } from "../../../handlers/audit/ledger/ledger-writer.ts";
import { ledgerOrigin, streamHints } from "../../../handlers/audit/ledger/ledger-origin.ts";
import type { StoredBatch } from "../../../handlers/audit/ledger/stored-batch.ts";
import { streamOf } from "../../../handlers/audit/ledger/streams.ts";
import { databaseProblem } from "../../../runtime/database/database-problem.ts";
import { Problem } from "../../../runtime/problem/problem.ts";
import { caught } from "../../../runtime/testing/caught.ts";
import { recordingLog } from "../../../runtime/testing/recording-log.ts";
import {
  newAccess,
  openTestLedger,
  recordOf,
  startLedgerServer,
  testPublisher,
  testSigner,
  verifyExport,
  type LedgerServer,
} from "./ledger-fixture.ts";

let server: LedgerServer;
let db: Db;
beforeAll(async () => (server = await startLedgerServer()));
afterAll(() => server.close());
beforeEach(async () => (db = await server.database()));

type InsertMany = (
  documents: StoredBatch[],
  insert: (some: StoredBatch[]) => Promise<unknown>,
) => Promise<unknown>;

/** The batches of the database, with `insertMany` replaced. */
function faultyBatches(insertMany: InsertMany): Collection<StoredBatch> {
  const real = db.collection<StoredBatch>("batches");
  const insert = (some: StoredBatch[]) => real.insertMany(some, { ordered: false });
  return new Proxy(real, {
    get(target, name) {
      if (name === "insertMany") return (documents: StoredBatch[]) => insertMany(documents, insert);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** What the driver throws when the server has refused some documents of a command. */
function bulkError(refused: readonly { index: number; code: number; errmsg: string }[]): MongoBulkWriteError {
  const result = { getWriteConcernError: () => undefined, insertedCount: 0 } as never;
  return new MongoBulkWriteError(
    { message: "refused", code: refused[0]?.code, writeErrors: refused } as never,
    result,
  );
}

/** What it throws when a connection breaks: a bulk error without any word on the documents. */
function brokenConnection(): MongoBulkWriteError {
  const result = { getWriteConcernError: () => undefined, insertedCount: 0 } as never;
  return new MongoBulkWriteError(new MongoNetworkError("connection closed"), result);
}

const THROTTLED = { code: 16500, errmsg: "Error=16500, RetryAfterMs=8, Details='…'" };

interface TestWriter {
  readonly writer: LedgerWriter;
  readonly slept: number[];
}

async function writerOn(
  batches: Collection<StoredBatch>,
  changes: Partial<LedgerWriterOptions> = {},
): Promise<TestWriter> {
  const slept: number[] = [];
  const origin = await ledgerOrigin(db, () => ({ ledger: "a-ledger", epoch: "202611" }));
  const writer = new LedgerWriter({
    ...{ batches, origin, hints: streamHints(db), epoch: () => "202611" },
    ...{ log: recordingLog().write, onPlaced: () => undefined, random: () => 0, elapsed: () => 0 },
    sleep: (milliseconds) => Promise.resolve(slept.push(milliseconds)),
    ...changes,
  });
  return { writer, slept };
}

const entries = (count: number) =>
  Array.from({ length: count }, () => {
    const { id } = recordOf(newAccess());
    return { id, stream: streamOf(id), text: JSON.stringify(recordOf(id.slice(0, 36))) };
  });

/** Every record is in the ledger once, and the ledger is whole. */
async function expectWhole(ids: readonly string[]): Promise<void> {
  const ledger = await openTestLedger(db);
  const signer = testSigner();
  await ledger.makeCheckpoint(signer, testPublisher());
  const verified = await verifyExport(ledger, signer.keys);
  expect([...verified.ids].sort()).toEqual([...ids].sort());
}

describe("a ledger whose database fails", () => {
  it("brings again what was throttled, though the rest of the command was stored", async () => {
    let calls = 0;
    const batches = faultyBatches(async (documents, insert) => {
      calls += 1;
      if (calls > 3) return insert(documents);
      const isRefused = (index: number) => index % 2 === 0;
      await insert(documents.filter((_, index) => !isRefused(index)));
      throw bulkError(documents.flatMap((_, index) => (isRefused(index) ? [{ index, ...THROTTLED }] : [])));
    });
    const { writer, slept } = await writerOn(batches);
    const added = entries(100);
    expect(await writer.append(added)).toEqual({ stored: 100, duplicates: 0, conflicts: [] });
    expect(slept[0]).toBe(8);
    await expectWhole(added.map(({ id }) => id));
  });

  it("stores nothing twice when a document that is said to be throttled was stored", async () => {
    let lies = 2;
    const batches = faultyBatches(async (documents, insert) => {
      await insert(documents);
      lies -= 1;
      if (lies >= 0) throw bulkError(documents.map((_, index) => ({ index, ...THROTTLED })));
    });
    const { writer } = await writerOn(batches);
    const added = entries(60);
    const { stored, duplicates } = await writer.append(added);
    expect(stored + duplicates).toBe(60);
    await expectWhole(added.map(({ id }) => id));
  });

  it("gives up when throttling does not end, and says so to be tried again", async () => {
    let time = 0;
    const batches = faultyBatches((documents) =>
      Promise.reject(bulkError(documents.map((_, index) => ({ index, ...THROTTLED })))),
    );
    const { writer } = await writerOn(batches, {
      elapsed: () => time,
      sleep: (milliseconds) => Promise.resolve((time += milliseconds + 100)),
    });
    const error = await caught(() => writer.append(entries(3)));
    expect(databaseProblem(error)?.code).toBe("database-unavailable");
    expect(time).toBeLessThan(2_000);
  });

  it.each([
    ["is throttled as a whole", () => new MongoServerError({ message: THROTTLED.errmsg, code: 16500 })],
    [
      "is throttled as a whole, in a bulk error",
      () => {
        const error = bulkError([]);
        error.code = 16500;
        return error;
      },
    ],
  ])("reads again after a command that %s, and may have been executed", async (_, makeError) => {
    let fails = 2;
    const batches = faultyBatches(async (documents, insert) => {
      await insert(documents);
      fails -= 1;
      if (fails >= 0) throw makeError();
    });
    const { writer } = await writerOn(batches);
    const added = entries(40);
    const { stored, duplicates } = await writer.append(added);
    expect([stored, duplicates]).toEqual([0, 40]);
    await expectWhole(added.map(({ id }) => id));
  });

  it("is unavailable when a connection breaks, and finds what was stored when it is asked again", async () => {
    let isBroken = true;
    const batches = faultyBatches(async (documents, insert) => {
      await insert(documents.slice(0, 5));
      if (isBroken) throw brokenConnection();
      await insert(documents.slice(5));
    });
    const { writer } = await writerOn(batches);
    const added = entries(50);
    const error = await caught(() => writer.append(added));
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ code: "database-unavailable" });
    isBroken = false;
    const { stored, duplicates } = await writer.append(added);
    expect(stored + duplicates).toBe(50);
    expect(duplicates).toBeGreaterThan(0);
    await expectWhole(added.map(({ id }) => id));
  });

  it("keeps the order when a command that was given up for lost arrives late", async () => {
    const late: (() => Promise<unknown>)[] = [];
    const batches = faultyBatches((documents, insert) => {
      if (late.length > 0) return insert(documents);
      late.push(() => insert(documents));
      return Promise.reject(brokenConnection());
    });
    const { writer } = await writerOn(batches);
    const added = entries(50);
    await caught(() => writer.append(added));
    const second = writer.append(added);
    const [lateError] = await Promise.all([caught(async () => late[0]?.()), second]);
    expect(lateError === undefined || lateError instanceof MongoBulkWriteError).toBe(true);
    await expectWhole(added.map(({ id }) => id));
  });

  it("fails no other stream's records when one document is refused for good", async () => {
    const batches = faultyBatches(async (documents, insert) => {
      const bad = documents.findIndex(({ stream }) => stream === "s00");
      await insert(documents.filter((_, index) => index !== bad));
      if (bad >= 0) throw bulkError([{ index: bad, code: 10334, errmsg: "too large" }]);
    });
    const { writer } = await writerOn(batches);
    const added = entries(200);
    const results = await Promise.allSettled(added.map((entry) => writer.append([entry])));
    for (const [index, { status }] of results.entries())
      expect(status).toBe(added[index]?.stream === "s00" ? "rejected" : "fulfilled");
    await expectWhole(added.filter(({ stream }) => stream !== "s00").map(({ id }) => id));
  });

  it("refuses more than it can hold, and none of what it has taken", async () => {
    const { writer } = await writerOn(db.collection<StoredBatch>("batches"));
    const [entry] = entries(1);
    if (!entry) throw new Error("unreachable");
    const taken = writer.append(Array.from({ length: 20_000 }, () => entry));
    expect(await caught(() => writer.append([entry]))).toMatchObject({ code: "database-unavailable" });
    expect(await taken).toEqual({ stored: 1, duplicates: 19_999, conflicts: [] });
  });

  it("answers for reads that fail", async () => {
    const batches = new Proxy(db.collection<StoredBatch>("batches"), {
      get(target, name) {
        if (name === "find" || name === "findOne")
          return () => {
            throw new MongoNetworkError("gone");
          };
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const { writer } = await writerOn(batches);
    expect(databaseProblem(await caught(() => writer.append(entries(3))))?.code).toBe("database-unavailable");
  });
});
