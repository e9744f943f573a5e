import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../../support/eventually.ts";
import { somebody } from "../../support/people.ts";
import { alarms, registered, waiting } from "./account.ts";
import { driver } from "./drive.ts";
import type { Driver, Sent } from "./drive.ts";
import type { OutageApp } from "./outage-app.ts";
import { startParts } from "./start-parts.ts";
import type { Parts } from "./start-parts.ts";

/** Compressed from 60,000: no access of this test takes as long by itself. */
const INTERRUPTED_AFTER_MS = 800;

interface StoredPatient {
  readonly _id: string;
  readonly version: number;
}

/**
 * A process that is stopped in the middle of an access, for longer than any access may take, and goes on then. Another one
 * closes its access; what it says itself comes too late.
 */
describe("with a Patient app that is paused in an access", () => {
  let parts: Parts;
  let other: OutageApp;
  let client: Driver;
  let patient: StoredPatient;

  const patients = () => parts.data.patient.db.collection<StoredPatient>("patients");

  beforeAll(async () => {
    parts = await startParts({
      settings: { AUDIT_INTERRUPTED_AFTER_MS: String(INTERRUPTED_AFTER_MS), AUDIT_TIMEOUT_MS: "5000" },
    });
    other = await parts.another("patient");
    client = await driver(parts.patient);
  });

  beforeEach(async () => {
    client.forget();
    parts.lines.length = 0;
    const found = await patients().findOne({});
    if (!found) throw new Error("There is no patient.");
    patient = found;
  });

  afterAll(async () => {
    await client.close();
    await parts.stop();
  });

  const recordOf = async (traceId: string, phase: string) =>
    (await registered(parts, { traceId })).find((record) => record.phase === phase);

  /**
   * Asks, stops the process while it waits for the answer of one database command, has the other process close the access,
   * and lets the first go on.
   * @returns the outcome that the register has, and what the client was answered in the end
   */
  async function pausedAt(command: string, ask: () => Promise<Sent>) {
    const held = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    const { line } = parts.data.patient;
    line.judge(({ collection, name }) => {
      if (collection !== "patients" || name !== command) return "pass";
      reached.resolve(undefined);
      return { answerAfter: held.promise };
    });
    const answered = ask();
    await reached.promise;
    line.judge(() => "pass");
    const processId = parts.patient.processId() ?? 0;
    process.kill(processId, "SIGSTOP");
    const traceId = client.sent.at(-1)?.traceId ?? "";
    const closed = await eventually(async () => {
      await other.run("audit-reconciler");
      return (await recordOf(traceId, "outcome")) ?? null;
    }).finally(() => process.kill(processId, "SIGCONT"));
    held.resolve(undefined);
    const { answer } = await answered;
    await eventually(async () => {
      await other.run("audit-relay");
      return parts.lines.some((one) => one.includes("record-refused-by-register"));
    });
    return { traceId, closed, answer };
  }

  /** The late outcome is not lost: the register has raised an alarm, and the outbox keeps it for a person. */
  async function expectLateOutcomeKept(traceId: string, outcome: object): Promise<void> {
    const kept = (await waiting(parts)).filter((record) => record.traceId === traceId);
    expect(kept).toMatchObject([{ phase: "outcome", outcome }]);
    const [id = ""] = kept.map((record) => record.id);
    const told = alarms(parts).map((text) => JSON.parse(text) as { event: string; recordId: string });
    expect(told.every(({ recordId }) => recordId === id)).toBe(true);
    expect([...new Set(told.map(({ event }) => event))].sort()).toEqual([
      "audit-record-conflict",
      "record-refused-by-register",
    ]);
    expect(await recordOf(traceId, "intent")).toBeDefined();
  }

  const update = () =>
    client.ask("updatePatient", { method: "PUT", path: `/patient/${patient._id}`, body: somebody() });

  it("after its change: it is closed by what the document says, and the late outcome says the same", async () => {
    const { closed, answer, traceId } = await pausedAt("update", update);
    const resources = [{ type: "patient", id: patient._id, version: patient.version + 1 }];
    expect(closed.outcome).toEqual({ code: 0, error: "interrupted", resources });
    expect(answer?.status).toBe(200);
    await expectLateOutcomeKept(traceId, { code: 0, status: 200, resources });
    expect((await patients().findOne({ _id: patient._id }))?.version).toBe(patient.version + 1);
  });

  it("before its change: it is closed as failed, and the change is made after all, which the alarm tells", async () => {
    const { closed, answer, traceId } = await pausedAt("find", update);
    expect(closed.outcome).toEqual({ code: 12, error: "interrupted" });
    expect(answer?.status).toBe(200);
    const resources = [{ type: "patient", id: patient._id, version: patient.version + 1 }];
    await expectLateOutcomeKept(traceId, { code: 0, status: 200, resources });
    expect((await patients().findOne({ _id: patient._id }))?.version).toBe(patient.version + 1);
  });

  it("in a read: it is closed as unknown, which counts as a disclosure, and the late outcome tells which", async () => {
    const { closed, answer, traceId } = await pausedAt("find", () =>
      client.ask("getPatient", { method: "GET", path: `/patient/${patient._id}` }),
    );
    expect(closed.outcome).toEqual({ code: 12, error: "interrupted" });
    expect(answer?.status).toBe(200);
    await expectLateOutcomeKept(traceId, { code: 0, status: 200 });
  });

  it("of a change whose outcome neither sink takes: it is not called undone, and closed by what the document says", async () => {
    const { line, data } = parts;
    let isMade = false;
    data.patient.line.judge(({ collection, name }) => {
      if (collection === "patients" && name === "update") isMade = true;
      return isMade && collection === "outbox" ? { refuse: { code: 1, message: "no space" } } : "pass";
    });
    await line.suffer("refuse");
    const { answer, traceId } = await update().finally(() => line.suffer("none"));
    data.patient.line.judge(() => "pass");
    expect(answer).toMatchObject({ status: 503, code: "audit-unavailable", retryAfter: "1" });
    expect(answer?.detail).toContain("A change may have been made");
    const closed = await eventually(async () => {
      await other.run("audit-relay");
      await other.run("audit-reconciler");
      return (await recordOf(traceId, "outcome")) ?? null;
    });
    const resources = [{ type: "patient", id: patient._id, version: patient.version + 1 }];
    expect(closed.outcome).toEqual({ code: 0, error: "interrupted", resources });
    expect(alarms(parts)).toEqual([]);
  });
});
