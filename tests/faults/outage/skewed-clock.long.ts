import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { epochOf } from "../../../handlers/audit/ledger/streams.ts";
import { eventually } from "../../support/eventually.ts";
import { alarms, drained, registered, tally, unaudited, waiting } from "./account.ts";
import { skewedClock } from "./clock-file.ts";
import { driver } from "./drive.ts";
import type { Driver } from "./drive.ts";
import type { OutageApp } from "./outage-app.ts";
import { startParts } from "./start-parts.ts";
import type { Parts } from "./start-parts.ts";
import { verifiedExport } from "./verified-export.ts";

const HOUR_MS = 3_600_000;
const MONTH_MS = 31 * 24 * HOUR_MS;

/** What is at fault here are the clocks: a busy machine must not look like a register that is away. */
const PATIENT = { AUDIT_TIMEOUT_MS: "5000" };

interface StoredBatch {
  readonly stream: string;
  readonly epoch: string;
  readonly seq: number;
}

/** One process of each app goes by a clock of its own, the other by the machine's. */
describe("with a clock that is wrong", () => {
  const clock = skewedClock();
  // Right until it is its turn: its reconciler runs by itself, too.
  const patientClock = skewedClock();
  let parts: Parts;
  let skewedAudit: OutageApp;
  let skewedPatient: OutageApp;
  let client: Driver;

  beforeAll(async () => {
    parts = await startParts({ settings: PATIENT });
    [skewedAudit, skewedPatient] = await Promise.all([
      parts.another("audit", clock.settings),
      parts.another("patient", patientClock.settings),
    ]);
    client = await driver(parts.patient);
    // Half of the Patient app's connections go to either.
    parts.line.to(skewedAudit.port, parts.audit.port);
    await parts.line.suffer("refuse");
    await parts.line.suffer("none");
  });

  beforeEach(() => client.forget());

  afterAll(async () => {
    await client.close();
    await parts.stop();
    clock.remove();
    patientClock.remove();
  });

  /** What one process has stored, another can query a moment later. */
  const expectEverythingRecorded = () =>
    eventually(
      async () => unaudited(client.sent, await registered(parts, { from: client.since })).length === 0,
    );

  const batches = () =>
    parts.data.audit.db.collection<StoredBatch>("batches").find().sort({ stream: 1, seq: 1 }).toArray();

  it.each([
    ["a month ahead", MONTH_MS],
    ["a month behind", -MONTH_MS],
    ["five hours ahead", 5 * HOUR_MS],
    ["five hours behind", -5 * HOUR_MS],
    ["right again", 0],
  ])("%s: streams go on, and every access is recorded", async (_name, skew) => {
    clock.skew(skew);
    await client.drive(28);
    expect(Object.keys(tally(client.sent)).sort()).toEqual(["200", "201", "404 patient-not-found"]);
    await drained(parts);
    await expectEverythingRecorded();
    await skewedAudit.run("audit-checkpoint");
    expect(alarms(parts)).toEqual([]);
  });

  it("no stream has forked, gone back, or entered an epoch that no clock has shown", async () => {
    const now = new Date();
    const shown = [now, new Date(now.getTime() + MONTH_MS)].map(epochOf);
    const byStream = Map.groupBy(await batches(), ({ stream }) => stream);
    for (const ofStream of byStream.values()) {
      expect(ofStream.map(({ seq }) => seq)).toEqual(ofStream.map((_, index) => index));
      expect(ofStream.map(({ epoch }) => epoch)).toEqual(ofStream.map(({ epoch }) => epoch).sort());
      expect(ofStream.every(({ epoch }) => shown.includes(epoch))).toBe(true);
    }
    const all = (await batches()).map(({ epoch }) => epoch);
    expect(new Set(all).size).toBe(2);
  });

  it("the export verifies, over the checkpoints of both clocks", async () => {
    const before = (await registered(parts)).length;
    const made = () => parts.data.audit.db.collection("checkpoints").countDocuments();
    const count = await made();
    await parts.audit.run("audit-checkpoint");
    await eventually(async () => (await made()) > count);
    const { records } = await verifiedExport(parts.audit);
    expect(records).toBeGreaterThanOrEqual(before);
  });

  it("a reconciler a month ahead closes an access under way: the late outcome is an alarm, and kept", async () => {
    const held = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    const { data } = parts;
    const found = await data.patient.db
      .collection<{ _id: string }>("patients")
      .findOne({ deletedAt: { $exists: false } });
    const path = `/patient/${found?._id ?? ""}`;
    data.patient.line.judge(({ collection, name }) => {
      if (collection !== "patients" || name !== "find") return "pass";
      reached.resolve(undefined);
      return { answerAfter: held.promise };
    });
    const asked = client.ask("getPatient", { method: "GET", path });
    await reached.promise;
    patientClock.skew(MONTH_MS);
    const outcomeOf = async (traceId: string) =>
      (await registered(parts, { traceId })).find(({ phase }) => phase === "outcome");
    const [sent] = client.sent;
    const traceId = sent?.traceId ?? "";
    const closed = await eventually(async () => {
      await skewedPatient.run("audit-reconciler");
      return (await outcomeOf(traceId)) ?? null;
    });
    expect(closed.outcome).toEqual({ code: 12, error: "interrupted" });
    data.patient.line.judge(() => "pass");
    held.resolve(undefined);
    expect((await asked).answer?.status).toBe(200);
    await eventually(async () => {
      await parts.patient.run("audit-relay");
      return parts.lines.some((line) => line.includes("record-refused-by-register"));
    });
    const [kept] = (await waiting(parts)).filter((record) => record.traceId === traceId);
    expect(kept?.outcome).toMatchObject({ code: 0, status: 200 });
    expect(alarms(parts).every((line) => line.includes(closed.id))).toBe(true);
    await data.patient.db.collection("outbox").deleteMany({ buried: true });
  });

  it("a process a month ahead that dies in a job keeps nobody from it", async () => {
    const { data, line } = parts;
    patientClock.skew(MONTH_MS);
    const leases = data.patient.db.collection<{ _id: string; until: Date }>("leases");
    // What it would give the lease back with never arrives.
    data.patient.line.judge(({ collection, name }) =>
      collection === "leases" && name === "delete" ? new Promise(() => undefined) : "pass",
    );
    await skewedPatient.run("audit-relay");
    await eventually(async () => {
      const lease = await leases.findOne({ _id: "audit-relay" });
      return lease !== null && lease.until.getTime() > Date.now() + MONTH_MS / 2;
    });
    process.kill(skewedPatient.processId() ?? 0, "SIGKILL");
    await skewedPatient.stop();
    data.patient.line.judge(() => "pass");
    await line.suffer("refuse");
    await client.drive(14);
    await line.suffer("none");
    expect((await waiting(parts)).length).toBeGreaterThan(0);
    await drained(parts);
    await expectEverythingRecorded();
  });
});
