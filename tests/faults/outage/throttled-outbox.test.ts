import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { outbox } from "../../../runtime/audit/outbox.ts";
import type { OutboxEntry } from "../../../runtime/audit/outbox.ts";
import { recordOf, newAccess } from "../../integration/ledger/ledger-fixture.ts";
import { throttle } from "../proxy/throttle.ts";
import type { WireVerdict } from "../proxy/wire-proxy.ts";
import { seededRandom } from "../tamper/random.ts";
import { outageDatabase } from "./outage-database.ts";
import type { OutageDatabase } from "./outage-database.ts";

const THROTTLED = { code: 16_500, message: "Error=16500, RetryAfterMs=1, Details=''" };

describe("the outbox, while its database throttles some documents of a bulk insert", () => {
  let directory: string;
  let database: OutageDatabase;
  let client: MongoClient;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "specimen-outbox-"));
    database = await outageDatabase({ directory, name: "patient" });
    client = await new MongoClient(database.line.uri, { retryWrites: false }).connect();
  });

  beforeEach(async () => {
    database.line.judge(() => "pass");
    await stored().deleteMany({});
  });

  afterAll(async () => {
    await client.close();
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  const stored = () => database.db.collection("outbox");

  const entries = (count: number): OutboxEntry[] =>
    Array.from({ length: count }, () => ({ record: recordOf(newAccess()), traceparent: "" }));

  it("tries again those that are left, also when the first of them is a duplicate by then", async () => {
    const verdicts: WireVerdict[] = [
      { refuseItems: new Set([1, 3]), error: THROTTLED },
      { refuseItems: new Set([3]), error: THROTTLED },
    ];
    database.line.judge(({ name }) => (name === "insert" ? (verdicts.shift() ?? "pass") : "pass"));
    await outbox(client.db("patient")).put(entries(4));
    expect(await stored().countDocuments()).toBe(4);
    expect(verdicts).toEqual([]);
  });

  it("stores every entry, once, at a throttling of one in five", async () => {
    database.line.judge(throttle({ share: 0.2, random: seededRandom(7) }));
    await outbox(client.db("patient")).put(entries(64));
    expect(await stored().countDocuments()).toBe(64);
  });
});
