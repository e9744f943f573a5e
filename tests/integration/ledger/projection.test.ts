import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Db } from "mongodb";
import { recordingLog } from "../../../runtime/testing/recording-log.ts";
import {
  newAccess,
  openTestLedger,
  PATIENT,
  recordOf,
  startLedgerServer,
  type LedgerServer,
} from "./ledger-fixture.ts";

let server: LedgerServer;
let db: Db;
beforeAll(async () => (server = await startLedgerServer()));
afterAll(() => server.close());
beforeEach(async () => (db = await server.database()));

const ALL = { limit: 1000, after: undefined };
const LATER = new Date("2026-11-21T00:00:00.000Z");
const open = { service: "patient", before: LATER, limit: 100 };

describe("the records that are queried", () => {
  it("show whatever this process has acknowledged", async () => {
    const ledger = await openTestLedger(db);
    for (let round = 0; round < 5; round += 1) {
      const record = recordOf(newAccess(), "outcome");
      await ledger.append([record]);
      expect(await ledger.find(record.id)).toEqual(record);
    }
    const { items } = await ledger.page({ resourceId: PATIENT.toUpperCase(), phase: "outcome" }, ALL);
    expect(items).toHaveLength(5);
    expect(await ledger.find(`${newAccess()}:intent`)).toBeNull();
  });

  it("hold no id of a person", async () => {
    const ledger = await openTestLedger(db);
    await ledger.append([recordOf(newAccess(), "outcome")]);
    await ledger.page({}, ALL);
    for (const { name } of await db.listCollections().toArray()) {
      const text = JSON.stringify(await db.collection(name).find().toArray());
      expect(text).not.toContain(PATIENT);
    }
  });

  it("are completed by the next process when one was killed between batch and records", async () => {
    const killed = await openTestLedger(db);
    const records = Array.from({ length: 100 }, () => recordOf(newAccess()));
    await killed.append(records.slice(0, 50));
    await killed.page({}, ALL);
    await killed.append(records.slice(50));
    expect(await db.collection("records").countDocuments()).toBe(50);
    const next = await openTestLedger(db);
    const { items } = await next.page({ patientId: PATIENT }, ALL);
    expect(items.map(({ id }) => id).sort()).toEqual(records.map(({ id }) => id).sort());
    expect(await next.openIntents(open)).toHaveLength(100);
  });

  it("are completed by the job for a process that is still there", async () => {
    const [one, other] = await Promise.all([openTestLedger(db), openTestLedger(db)]);
    await other.page({}, ALL);
    await one.append([recordOf(newAccess())]);
    expect((await other.page({}, ALL)).items).toHaveLength(0);
    expect(await other.catchUp()).toBe(1);
    expect(await other.catchUp()).toBe(0);
    expect((await other.page({}, ALL)).items).toHaveLength(1);
  });

  it("can be made again from the ledger, across epochs", async () => {
    const ledger = await openTestLedger(db);
    const accesses = Array.from({ length: 40 }, newAccess);
    await ledger.append(accesses.map((access) => recordOf(access)));
    await ledger.append(accesses.slice(0, 30).map((access) => recordOf(access, "outcome")));
    await ledger.page({}, ALL);
    const before = await db.collection("records").find().sort({ _id: 1 }).toArray();
    for (const name of ["records", "open", "progress"]) await db.collection(name).deleteMany({});
    expect(await (await openTestLedger(db)).catchUp()).toBe(70);
    expect(await db.collection("records").find().sort({ _id: 1 }).toArray()).toEqual(before);
    expect(await db.collection("open").countDocuments()).toBe(10);
  });

  it("do without an entry that somebody else has written", async () => {
    const log = recordingLog();
    const ledger = await openTestLedger(db, { log: log.write });
    const [bad, good] = [recordOf(newAccess()), recordOf(newAccess())];
    await ledger.append([bad]);
    await db.collection("batches").updateMany({}, { $set: { entries: ["{}"] } });
    const next = await openTestLedger(db, { log: log.write });
    await next.append([good]);
    expect((await next.page({}, ALL)).items).toEqual([good]);
    expect(log.events).toContainEqual(expect.objectContaining({ event: "ledger-entry-unreadable" }));
  });

  it("end a page early when it grows large, and go on after it", async () => {
    const ledger = await openTestLedger(db);
    const resources = Array.from({ length: 1000 }, (_, index) => ({
      type: "patient",
      id: `0198c0de-0000-7000-9000-${String(index).padStart(12, "0")}`,
    }));
    const large = { outcome: { code: 0, status: 200, resources } } as const;
    const records = Array.from({ length: 40 }, () => recordOf(newAccess(), "outcome", large));
    await ledger.append(records);
    const first = await ledger.page({}, ALL);
    expect(first.more).toBe(true);
    const second = await ledger.page({}, { limit: 1000, after: first.items.at(-1)?.id });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      records.map(({ id }) => id).toReversed(),
    );
  });
});

describe("open accesses", () => {
  it("are those with an intent and no outcome, in whatever order and by whomever these come", async () => {
    const [one, other] = await Promise.all([openTestLedger(db), openTestLedger(db)]);
    const accesses = Array.from({ length: 30 }, newAccess);
    const left = accesses.slice(20);
    for (const access of accesses.slice(0, 10)) await one.append([recordOf(access, "outcome")]);
    await one.catchUp();
    await Promise.all([
      one.append(accesses.map((access) => recordOf(access))),
      other.append(accesses.slice(10, 20).map((access) => recordOf(access, "outcome"))),
    ]);
    await Promise.all([one.catchUp(), other.catchUp()]);
    const intents = await one.openIntents(open);
    expect(intents.map(({ accessId }) => accessId).sort()).toEqual([...left].sort());
    expect(intents[0]).toEqual(recordOf(intents[0]?.accessId ?? ""));
    expect(await one.openIntents({ ...open, service: "another" })).toEqual([]);
    expect(await one.openIntents({ ...open, before: new Date("2026-11-20T08:30:00.000Z") })).toEqual([]);
  });

  it("do not stay when a process was killed before it took its note away", async () => {
    const ledger = await openTestLedger(db);
    const access = newAccess();
    await ledger.append([recordOf(access)]);
    await ledger.page({}, ALL);
    await ledger.append([recordOf(access, "outcome")]);
    await ledger.page({}, ALL);
    await db.collection("open").insertOne({
      _id: access as never,
      service: "patient",
      createdDate: "2026-11-20T08:30:00.000Z",
    });
    expect(await ledger.openIntents(open)).toEqual([]);
    expect(await db.collection("open").countDocuments()).toBe(0);
  });
});

describe("an erasure", () => {
  it("makes a person's ids unreadable, keeps the records, and lets others be read", async () => {
    const ledger = await openTestLedger(db);
    const other = "0198c0de-0000-7000-8000-0000000000f2";
    const [erased, kept] = [newAccess(), newAccess()];
    const both = [
      { type: "patient", id: PATIENT },
      { type: "patient", id: other },
    ];
    await ledger.append([
      recordOf(erased, "outcome", { outcome: { code: 0, status: 200, resources: both } }),
      recordOf(kept, "intent", {
        patientId: other,
        resource: { type: "patient", id: other, operation: "read" },
      }),
    ]);
    expect(await ledger.erase([PATIENT])).toBe(1);
    expect(await ledger.erase([PATIENT])).toBe(0);
    const nil = "00000000-0000-0000-0000-000000000000";
    expect(await ledger.find(`${erased}:outcome`)).toMatchObject({
      patientId: nil,
      resource: { id: nil },
      outcome: { resources: [{ id: nil }, { id: other }] },
    });
    expect(await ledger.find(`${kept}:intent`)).toMatchObject({ patientId: other });
  });

  it("is complete in every process after 30 seconds", async () => {
    let time = 0;
    const [one, other] = await Promise.all([
      openTestLedger(db, { elapsed: () => time }),
      openTestLedger(db, { elapsed: () => time }),
    ]);
    const record = recordOf(newAccess());
    await one.append([record]);
    await other.catchUp();
    expect(await other.find(record.id)).toEqual(record);
    await one.erase([PATIENT]);
    time += 30_000;
    expect((await other.find(record.id))?.patientId).toBe("00000000-0000-0000-0000-000000000000");
  });

  it("makes no alarm of a record that comes again afterwards", async () => {
    const ledger = await openTestLedger(db);
    const record = recordOf(newAccess());
    await ledger.append([record]);
    await ledger.erase([PATIENT]);
    expect(await ledger.append([record])).toEqual({ stored: 0, duplicates: 1, conflicts: [] });
    const other = { ...record, patientId: newAccess() };
    expect((await ledger.append([other])).conflicts).toEqual([record.id]);
  });

  it("gives processes that meet a person at once one and the same key", async () => {
    const ledgers = await Promise.all(Array.from({ length: 8 }, () => openTestLedger(db)));
    const people = Array.from({ length: 50 }, newAccess);
    const records = people.map((patientId) => recordOf(newAccess(), "intent", { patientId }));
    const appended = await Promise.all(ledgers.map((ledger) => ledger.append(records)));
    expect(appended.reduce((sum, { stored }) => sum + stored, 0)).toBe(50);
    expect(await db.collection("subject-keys").countDocuments()).toBe(51);
    const next = await openTestLedger(db);
    for (const record of records.slice(0, 5)) expect(await next.find(record.id)).toEqual(record);
  });
});
