import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Db } from "mongodb";
import type { Ledger } from "../../../handlers/audit/ledger/open-ledger.ts";
import type { AuditRecord } from "../../../runtime/audit/audit-record.ts";
import { fakeClock } from "../../../runtime/testing/fake-clock.ts";
import { recordingLog } from "../../../runtime/testing/recording-log.ts";
import {
  newAccess,
  openTestLedger,
  PATIENT,
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

async function verified(ledger: Ledger) {
  const signer = testSigner();
  await ledger.makeCheckpoint(signer, testPublisher());
  return verifyExport(ledger, signer.keys);
}

describe("appending to the ledger", () => {
  it("stores every record once, however many processes bring it at once and again", async () => {
    const log = recordingLog();
    const ledgers = await Promise.all(
      Array.from({ length: 8 }, () => openTestLedger(db, { log: log.write })),
    );
    const records = Array.from({ length: 200 }, newAccess).flatMap((access) => [
      recordOf(access, "intent"),
      recordOf(access, "outcome"),
    ]);
    let stored = 0;
    // Every record is brought by three processes, in different company, and by one of them twice.
    const bring = async (ledger: Ledger, from: number): Promise<void> => {
      const own = records.filter((_, index) => [0, 1, 2].includes((index + from) % 8));
      const calls: Promise<void>[] = [];
      for (let at = 0; at < own.length; at += 7) {
        const call = ledger.append([...own.slice(at, at + 7), ...own.slice(at, at + 2)]);
        calls.push(
          call.then((appended) => {
            stored += appended.stored;
            expect(appended.conflicts).toEqual([]);
          }),
        );
      }
      await Promise.all(calls);
    };
    await Promise.all(ledgers.map((ledger, index) => bring(ledger, index)));
    const [first] = ledgers;
    if (!first) throw new Error("unreachable");
    const { ids } = await verified(first);
    expect([...ids].sort()).toEqual(records.map(({ id }) => id).sort());
    expect(stored).toBe(records.length);
    expect(log.events).toEqual([]);
    const page = await first.page({ patientId: PATIENT }, { limit: 1000, after: undefined });
    expect(page.items).toHaveLength(records.length);
  });

  it("keeps the first of two records that say different things, and raises the alarm", async () => {
    const log = recordingLog();
    const ledger = await openTestLedger(db, { log: log.write });
    const record = recordOf(newAccess());
    const forged = { ...record, operationId: "deletePatient" };
    await ledger.append([record]);
    expect(await ledger.append([forged, record])).toEqual({
      stored: 0,
      duplicates: 1,
      conflicts: [record.id],
    });
    expect(log.events).toEqual([
      expect.objectContaining({ level: "error", event: "audit-record-conflict", recordId: record.id }),
    ]);
    expect(await ledger.find(record.id)).toEqual(record);
  });

  it("finds the conflict of two records that arrive together", async () => {
    const ledger = await openTestLedger(db);
    const record = recordOf(newAccess());
    const [one, other] = await Promise.all([
      ledger.append([record]),
      ledger.append([{ ...record, action: "D" }]),
    ]);
    expect([one.stored, other.conflicts]).toEqual([1, [record.id]]);
  });

  it("never goes back and never forks when the clocks of processes differ by months", async () => {
    const moments = [
      "2026-11-30T23:59:59.000Z",
      "2026-12-01T00:00:01.000Z",
      "2026-10-05T00:00:00.000Z",
      "2027-01-09T00:00:00.000Z",
    ];
    const ledgers: Ledger[] = [];
    // One after the other: each but the first finds a ledger that was begun by another clock.
    for (const moment of moments) ledgers.push(await openTestLedger(db, { clock: fakeClock(moment) }));
    const records: AuditRecord[] = [];
    for (let round = 0; round < 6; round += 1) {
      const added = Array.from({ length: 40 }, () => recordOf(newAccess()));
      records.push(...added);
      await Promise.all(
        ledgers.map((ledger, index) => ledger.append(added.slice(index * 10, index * 10 + 20))),
      );
    }
    const [first] = ledgers;
    if (!first) throw new Error("unreachable");
    const again = await Promise.all(ledgers.map((ledger) => ledger.append(records)));
    expect(again.map(({ stored }) => stored)).toEqual([0, 0, 0, 0]);
    const { ids } = await verified(first);
    expect([...ids].sort()).toEqual(records.map(({ id }) => id).sort());
    const epochs = await db.collection("batches").distinct("epoch");
    expect(epochs).toContain("202701");
  });

  it("knows a record again that was stored up to three epochs before", async () => {
    const clock = fakeClock("2026-11-20T08:30:00.000Z");
    const ledger = await openTestLedger(db, { clock });
    const record = recordOf(newAccess());
    await ledger.append([record]);
    for (let month = 0; month < 3; month += 1) {
      clock.advance(31 * 24 * 3_600_000);
      const others = Array.from({ length: 60 }, () => recordOf(newAccess()));
      await ledger.append(others);
      const late = await openTestLedger(db, { clock: fakeClock() });
      expect(await late.append([record])).toEqual({ stored: 0, duplicates: 1, conflicts: [] });
    }
    expect((await verified(ledger)).records).toBe(181);
  });

  it("does not need its hints, and is not misled by one that is wrong", async () => {
    const ledger = await openTestLedger(db);
    await ledger.append(Array.from({ length: 60 }, () => recordOf(newAccess())));
    const later = await openTestLedger(db, { clock: fakeClock("2026-12-02T00:00:00.000Z") });
    await later.append(Array.from({ length: 60 }, () => recordOf(newAccess())));
    await later.append(Array.from({ length: 60 }, () => recordOf(newAccess())));
    for (const hint of [undefined, "209912"]) {
      await db.collection("ledger").deleteMany({ ledger: { $exists: false } });
      if (hint) await db.collection("ledger").insertOne({ _id: "s03" as never, epoch: hint });
      const next = await openTestLedger(db);
      await next.append(Array.from({ length: 60 }, () => recordOf(newAccess())));
    }
    expect((await verified(ledger)).records).toBe(300);
  });

  it("divides what is too much for one batch", async () => {
    const ledger = await openTestLedger(db);
    const access = newAccess();
    const resources = Array.from({ length: 1000 }, (_, index) => ({
      type: "patient",
      id: `0198c0de-0000-7000-9000-${String(index).padStart(12, "0")}`,
    }));
    const records = Array.from({ length: 8 }, () =>
      recordOf(newAccess(), "outcome", { outcome: { code: 0, status: 200, resources } }),
    );
    // All of one stream: the same access id, told apart by nothing but what no contract would let pass.
    const same = records.map((record, index) => ({ ...record, id: `${access}:${index}` }));
    expect((await ledger.append(same)).stored).toBe(8);
    const sizes = await db.collection("batches").find().toArray();
    expect(sizes.length).toBeGreaterThan(1);
    for (const { entries } of sizes) {
      const bytes = (entries as string[]).reduce((sum, text) => sum + text.length, 0);
      expect(bytes).toBeLessThan(1_000_000);
    }
    expect((await verified(ledger)).records).toBe(8);
  });

  it("is one ledger, whoever opens it first", async () => {
    const ledgers = await Promise.all(Array.from({ length: 8 }, () => openTestLedger(db)));
    await Promise.all(ledgers.map((ledger) => ledger.append([recordOf(newAccess())])));
    const [first] = ledgers;
    if (!first) throw new Error("unreachable");
    expect((await verified(first)).records).toBe(8);
  });
});
