import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { MongoClient } from "mongodb";
import type { Db } from "mongodb";
import { collections } from "../../handlers/patient/collections.ts";
import { startDatabase } from "../../platform/database/start-database.ts";
import { AuditUnavailableError } from "../../runtime/audit/audit-client.ts";
import type { AuditClient } from "../../runtime/audit/audit-client.ts";
import type { AuditRecord } from "../../runtime/audit/audit-record.ts";
import { outbox } from "../../runtime/audit/outbox.ts";
import { reconcile } from "../../runtime/audit/reconciler.ts";
import { relay, waitedSeconds } from "../../runtime/audit/relay.ts";
import { resolveChange } from "../../runtime/audit/resolve-change.ts";
import { indexKey } from "../../runtime/database/collections.ts";
import { versionedStore } from "../../runtime/database/versioned-store.ts";
import type { StoredResource } from "../../runtime/database/versioned-store.ts";
import { lease } from "../../runtime/jobs/lease.ts";
import { runJob } from "../../runtime/jobs/run-job.ts";
import { fakeClock } from "../../runtime/testing/fake-clock.ts";
import { recordingLog } from "../../runtime/testing/recording-log.ts";
import { tracer } from "../../runtime/telemetry/tracer.ts";

let directory: string;
let server: Awaited<ReturnType<typeof startDatabase>>;
let client: MongoClient;
let db: Db;
let databases = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "specimen-trail-"));
  server = await startDatabase({ directory, name: "patient", tcpPort: 0 });
  client = await new MongoClient(server.uri).connect();
});
beforeEach(async () => {
  databases += 1;
  db = client.db(`patient-${databases}`);
  for (const { name, indexes } of collections)
    if (indexes.length > 0)
      await db
        .collection(name)
        .createIndexes(indexes.map((index) => ({ key: indexKey(index) as never, name: index.name })));
});
afterAll(async () => {
  await client.close();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

const RESOURCES = { patient: "patients", test: "tests" };
const uuid = (number: number) => `0198c0de-0000-7000-8000-${String(number).padStart(12, "0")}`;

function recordOf(
  access: number,
  phase: AuditRecord["phase"],
  changes: Partial<AuditRecord> = {},
): AuditRecord {
  return {
    id: `${uuid(access)}:${phase}`,
    accessId: uuid(access),
    phase,
    createdDate: new Date(Date.parse("2026-11-20T08:30:00.000Z") + access).toISOString(),
    sourceSystemName: "patient",
    operationId: "updatePatient",
    action: "U",
    resource: { type: "patient", id: uuid(1), operation: "update" },
    actor: { subscription: "partner-1" },
    traceId: "0af7651916cd43dd8448eb211c80319c",
    requestId: uuid(access),
    ...changes,
  };
}

/** A register in memory: it keeps records by their ids, and can be away, or refuse a record for good. */
function registerOf(changes: { refuses?: (record: AuditRecord) => boolean; full?: boolean } = {}) {
  const records = new Map<string, AuditRecord>();
  const state = { away: false, calls: 0 };
  const api: AuditClient = {
    address: "http://127.0.0.1:7072",
    append(added) {
      state.calls += 1;
      if (state.away) return Promise.reject(new AuditUnavailableError("away"));
      if (changes.refuses && added.some(changes.refuses))
        return Promise.reject(new AuditUnavailableError("refused", 400));
      const conflicts = added.filter((one) => {
        const known = records.get(one.id);
        if (!known) records.set(one.id, one);
        return known && JSON.stringify(known) !== JSON.stringify(one);
      });
      return Promise.resolve(conflicts.map(({ id }) => id));
    },
    openIntents: (service, before) =>
      Promise.resolve(
        [...records.values()].filter(
          ({ phase, accessId, createdDate, sourceSystemName }) =>
            phase === "intent" &&
            sourceSystemName === service &&
            createdDate < before.toISOString() &&
            !records.has(`${accessId}:outcome`),
        ),
      ),
  };
  return { api, records, state };
}

describe("the outbox", () => {
  it("keeps a record once, and gives the oldest first", async () => {
    const box = outbox(db);
    const entries = [3, 1, 2].map((access) => ({ record: recordOf(access, "intent"), traceparent: "" }));
    await box.put(entries);
    await box.put(entries.slice(0, 2));
    expect((await box.oldest(2)).map(({ record }) => record)).toEqual(
      [1, 2].map((one) => recordOf(one, "intent")),
    );
    expect(await box.holding([`${uuid(1)}:intent`, `${uuid(9)}:intent`])).toEqual(
      new Set([`${uuid(1)}:intent`]),
    );
  });
});

describe("the relay", () => {
  const signal = new AbortController().signal;
  const log = recordingLog();
  const run = (api: AuditClient) =>
    relay({ outbox: outbox(db), client: api, log: log.write, timeoutMs: 1_000, signal });
  const fill = (count: number) =>
    outbox(db).put(
      Array.from({ length: count }, (_, access) => ({
        record: recordOf(access, "intent"),
        traceparent: "",
      })),
    );
  const waiting = () => db.collection("outbox").countDocuments({ buried: false });

  it("drains everything, in batches", async () => {
    const { api, records, state } = registerOf();
    await fill(1_000);
    expect(await run(api)).toBe(1_000);
    expect([records.size, await waiting()]).toEqual([1_000, 0]);
    expect(state.calls).toBeLessThan(20);
  });

  it("removes nothing without a receipt", async () => {
    const { api, state } = registerOf();
    state.away = true;
    await fill(200);
    expect(await run(api)).toBe(0);
    expect(await waiting()).toBe(200);
  });

  it("knows how long the oldest that is left has waited", async () => {
    const clock = fakeClock();
    const oldest = () => waitedSeconds(outbox(db), clock);
    expect(await oldest()).toBe(0);
    await fill(3);
    const made = Date.parse(recordOf(0, "intent").createdDate);
    clock.advance(made + 90_000 - clock.now().getTime());
    expect(await oldest()).toBe(90);
  });

  it("sends again what a crash kept it from removing, and the register has it once", async () => {
    const { api, records } = registerOf();
    await fill(10);
    await api.append([recordOf(3, "intent")], "", signal);
    expect(await run(api)).toBe(10);
    expect(records.size).toBe(10);
  });

  it("sets aside what the register will never take, and says so; the others arrive", async () => {
    const { api, records } = registerOf({ refuses: ({ id }) => id === `${uuid(5)}:intent` });
    await fill(10);
    expect(await run(api)).toBe(9);
    expect([records.size, await waiting()]).toEqual([9, 0]);
    expect(await db.collection("outbox").find().toArray()).toMatchObject([
      { _id: `${uuid(5)}:intent`, buried: true, status: 400 },
    ]);
    expect(log.events.at(-1)).toEqual({
      ...{ level: "error", event: "record-refused-by-register" },
      ...{ recordId: `${uuid(5)}:intent`, status: 400 },
    });
  });

  it("sets aside what contradicts the register", async () => {
    const { api, records } = registerOf();
    await fill(3);
    await api.append([recordOf(1, "intent", { operationId: "getPatient" })], "", signal);
    expect(await run(api)).toBe(2);
    expect(records.get(`${uuid(1)}:intent`)?.operationId).toBe("getPatient");
    expect(await db.collection("outbox").findOne({})).toMatchObject({ buried: true, status: 409 });
  });
});

describe("the reconciler", () => {
  interface Stored extends StoredResource {
    readonly name: string;
  }
  const clock = fakeClock("2026-11-20T08:40:00.000Z");
  const patients = (access: number) => versionedStore(db.collection<Stored>("patients"), uuid(access));
  const run = (api: AuditClient) =>
    reconcile({
      ...{ service: "patient", client: api, outbox: outbox(db), clock, afterMs: 60_000, timeoutMs: 1_000 },
      resolve: (intent) => resolveChange(intent, db, RESOURCES),
      signal: new AbortController().signal,
    });
  const outcomeOf = (records: ReadonlyMap<string, AuditRecord>, access: number) =>
    records.get(`${uuid(access)}:outcome`)?.outcome;
  const add = (api: AuditClient, ...records: AuditRecord[]) =>
    api.append(records, "", new AbortController().signal);

  it("finds out from the data whether a change was made", async () => {
    const { api, records } = registerOf();
    const first = { _id: uuid(1), version: 1, lastUpdated: new Date(0), name: "x", _schema: 1 };
    await patients(100).insert(first);
    await patients(101).replace({ _id: uuid(1) }, undefined, (one) => ({ ...one, version: one.version + 1 }));
    await add(
      api,
      recordOf(100, "intent", { action: "C" }),
      recordOf(101, "intent"),
      recordOf(102, "intent"),
    );
    expect(await run(api)).toBe(3);
    const made = (version: number) => ({
      ...{ code: 0, error: "interrupted" },
      resources: [{ type: "patient", id: uuid(1), version }],
    });
    expect([100, 101, 102].map((access) => outcomeOf(records, access))).toEqual([
      made(1),
      made(2),
      // Nobody can tell a process that has ended from one that is paused, and makes its change when it goes on.
      { code: 12, error: "interrupted" },
    ]);
    expect(await run(api)).toBe(0);
  });

  it("calls everything else unknown: what was read may have left, and marks are forgotten", async () => {
    const { api, records } = registerOf();
    const accesses = Array.from({ length: 16 }, (_, index) => ({
      accessId: uuid(200 + index),
      version: index,
    }));
    await db.collection<Stored>("patients").insertOne({ _id: uuid(1), accesses } as unknown as Stored);
    await add(api, recordOf(110, "intent", { action: "R" }), recordOf(111, "intent"));
    expect(await run(api)).toBe(2);
    for (const access of [110, 111])
      expect(outcomeOf(records, access)).toEqual({ code: 12, error: "interrupted" });
  });

  it("leaves alone what is young, another's, or waits in the outbox", async () => {
    const { api, records } = registerOf();
    const young = clock.now().toISOString();
    await add(
      api,
      recordOf(120, "intent", { createdDate: young }),
      recordOf(121, "intent", { sourceSystemName: "audit" }),
      recordOf(122, "intent"),
    );
    const outcome = recordOf(122, "outcome", { outcome: { code: 0, status: 200 } });
    await outbox(db).put([{ record: outcome, traceparent: "" }]);
    expect(await run(api)).toBe(0);
    expect(records.size).toBe(3);
  });

  it("does not contradict an outcome that has just left the outbox", async () => {
    const { api, records } = registerOf();
    await add(api, recordOf(130, "intent"));
    const outcome = recordOf(130, "outcome", { outcome: { code: 0, status: 200 } });
    const late: AuditClient = {
      ...api,
      async openIntents(...asked) {
        const found = await api.openIntents(...asked);
        await add(api, outcome);
        return found;
      },
    };
    expect(await run(late)).toBe(0);
    expect(outcomeOf(records, 130)).toEqual({ code: 0, status: 200 });
  });
});

describe("a job", () => {
  const clock = fakeClock();
  const leaseOf = (owner: string) => lease({ db, name: "job", owner, forMs: 1_000, clock });

  it("is done by one process at a time, until its lease is over or given back", async () => {
    const [one, other] = [leaseOf("one"), leaseOf("other")];
    expect([await one.take(), await other.take(), await one.take()]).toEqual([true, false, true]);
    clock.advance(1_000);
    expect([await other.take(), await one.take()]).toEqual([true, false]);
    await one.release();
    expect(await one.take()).toBe(false);
    await other.release();
    expect(await one.take()).toBe(true);
  });

  it("does not wait for a lease that a clock far ahead has left behind", async () => {
    const ahead = fakeClock(new Date(clock.now().getTime() + 30 * 86_400_000).toISOString());
    await lease({ db, name: "job", owner: "ahead", forMs: 1_000, clock: ahead }).take();
    expect(await leaseOf("one").take()).toBe(true);
  });

  it("has one of many that ask at once", async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => leaseOf(`p${index}`).take()));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  const run = async (work: () => Promise<Record<string, number>>, owner = "one") => {
    const log = recordingLog();
    const database = { connected: () => Promise.resolve(db), close: () => Promise.resolve() };
    const job = { name: "job", schedule: "* * * * * *", forMs: 1_000, run: work };
    await runJob(job, { database, clock, log: log.write, tracer: tracer(), owner });
    return log.events;
  };

  it("says what it has done, and nothing when that was nothing", async () => {
    expect(await run(() => Promise.resolve({ relayed: 2 }))).toEqual([
      { level: "info", event: "job-done", job: "job", relayed: 2 },
    ]);
    expect(await run(() => Promise.resolve({ relayed: 0 }))).toEqual([]);
  });

  it("that fails is a line of the log with no more than the failure's name, and can be done again", async () => {
    expect(await run(() => Promise.reject(new TypeError("canary")))).toEqual([
      { level: "error", event: "job-failed", job: "job", cause: "TypeError" },
    ]);
    expect(await run(() => Promise.resolve({ done: 1 }), "other")).toHaveLength(1);
  });

  it("is left to who has the lease", async () => {
    await leaseOf("other").take();
    let runs = 0;
    await run(() => Promise.resolve({ runs: ++runs }));
    expect(runs).toBe(0);
  });
});
