import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import type { Collection } from "mongodb";
import { startDatabase } from "../../../platform/database/start-database.ts";
import type { RunningDatabase } from "../../../platform/database/start-database.ts";
import { throttlingDelay } from "../../../runtime/database/throttling.ts";
import { seededRandom } from "../tamper/random.ts";
import { throttle } from "./throttle.ts";
import { wireProxy } from "./wire-proxy.ts";
import type { WireProxy } from "./wire-proxy.ts";

interface Item {
  _id: number;
}

describe("wireProxy", () => {
  let directory: string;
  let database: RunningDatabase;
  let proxy: WireProxy;
  let client: MongoClient;
  let items: Collection<Item>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "specimen-wire-"));
    database = await startDatabase({ directory, name: "wire", tcpPort: 0 });
  });

  beforeEach(async () => {
    proxy = await wireProxy(database.tcpPort ?? 0);
    client = await new MongoClient(proxy.uri, { retryWrites: false, retryReads: false }).connect();
    items = client.db("wire").collection<Item>("items");
    await items.deleteMany({});
  });

  afterEach(async () => {
    await client.close();
    await proxy.close();
  });

  afterAll(async () => {
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  const THROTTLED = { code: 16_500, message: "Error=16500, RetryAfterMs=8, Details=''" };

  it.each<[string, () => Promise<unknown>]>([
    ["find", () => items.find().toArray()],
    ["insert", () => items.insertOne({ _id: 1 })],
    ["update", () => items.updateOne({ _id: 1 }, { $set: { a: 1 } })],
    ["delete", () => items.deleteMany({ _id: 1 })],
  ])("refuses %s as a command, and the driver's error tells the delay", async (name, run) => {
    proxy.judge((command) => (command.name === name ? { refuse: THROTTLED } : "pass"));
    expect(throttlingDelay(await run().catch((error: unknown) => error))).toBe(8);
    expect(await items.countDocuments()).toBe(0);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["insert", () => items.insertOne({ _id: 1 })],
    ["update", () => items.updateOne({ _id: 1 }, { $set: { a: 1 } })],
    ["delete", () => items.deleteMany({ _id: 1 })],
  ])("refuses the one item of %s", async (name, run) => {
    proxy.judge((command) =>
      command.name === name ? { refuseItems: new Set([0]), error: THROTTLED } : "pass",
    );
    expect(throttlingDelay(await run().catch((error: unknown) => error))).toBe(8);
  });

  it("refuses some documents of many, and tells those that the server has refused by their own places", async () => {
    await items.insertOne({ _id: 3 });
    proxy.judge(({ items: count }) =>
      count === 5 ? { refuseItems: new Set([0, 2]), error: THROTTLED } : "pass",
    );
    const added = [0, 1, 2, 3, 4].map((_id) => ({ _id }));
    const error: unknown = await items.insertMany(added, { ordered: false }).catch((one: unknown) => one);
    expect(error).toMatchObject({
      insertedCount: 2,
      writeErrors: [
        { index: 0, code: 16_500 },
        { index: 2, code: 16_500 },
        { index: 3, code: 11_000 },
      ],
    });
    expect((await items.find().toArray()).map(({ _id }) => _id).sort()).toEqual([1, 3, 4]);
  });

  it("holds an answer back after the command was executed", async () => {
    const held = Promise.withResolvers<undefined>();
    proxy.judge(({ name }) => (name === "insert" ? { answerAfter: held.promise } : "pass"));
    let isAnswered = false;
    const inserted = items.insertOne({ _id: 1 }).then(() => (isAnswered = true));
    while ((await items.countDocuments()) === 0);
    expect(isAnswered).toBe(false);
    held.resolve(undefined);
    await inserted;
  });

  it("throttles about the share that it is told", async () => {
    let throttled = 0;
    proxy.judge(throttle({ share: 0.2, random: seededRandom(1), onThrottled: () => throttled++ }));
    for (let count = 0; count < 200; count++) await items.findOne({ _id: 1 }).catch(() => undefined);
    expect(throttled).toBeGreaterThan(20);
    expect(throttled).toBeLessThan(60);
  });
});
