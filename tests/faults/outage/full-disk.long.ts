import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../../support/eventually.ts";
import { alarms, changedAfterAll, drained, registered, tally, unaudited, waiting } from "./account.ts";
import { driver } from "./drive.ts";
import type { Driver } from "./drive.ts";
import { canFillDisk } from "./outage-database.ts";
import { startParts } from "./start-parts.ts";
import type { Api, Parts } from "./start-parts.ts";

const SERVED = ["200", "201", "404 patient-not-found"];

/** What is at fault here is not time: a busy machine must not look like a register that is away. */
const PATIENT = { AUDIT_TIMEOUT_MS: "5000" };

const describeWherePossible = canFillDisk ? describe : describe.skip;

describeWherePossible("with a full disk", () => {
  let parts: Parts;
  let client: Driver;

  beforeAll(async () => {
    parts = await startParts({ settings: PATIENT });
    client = await driver(parts.patient);
  });

  beforeEach(() => client.forget());

  afterAll(async () => {
    await client.close();
    await parts.stop();
  });

  async function whileFull(apis: readonly Api[], during: () => Promise<unknown>): Promise<void> {
    for (const api of apis) parts.data[api].fillDisk();
    try {
      await during();
    } finally {
      for (const api of apis) parts.data[api].freeDisk();
    }
  }

  async function expectServiceAndEveryRecord(): Promise<void> {
    const told = (event: string) => parts.lines.filter((line) => line.includes(event)).length;
    await eventually(async () => {
      const { answer } = await client.next();
      return (answer?.status ?? 500) < 300 && told('"register-away"') === told('"register-back"');
    });
    await drained(parts);
    expect(unaudited(client.sent, await registered(parts, { from: client.since }))).toEqual([]);
    expect(await changedAfterAll(parts, client.sent)).toEqual([]);
    expect(alarms(parts)).toEqual([]);
  }

  /** A request that was answered with a failure has changed nothing by halves: each document is as one request made it. */
  const marks = async () => {
    const found = await Promise.all(
      ["patients", "tests"].map((name) => parts.data.patient.db.collection(name).find().toArray()),
    );
    return found.flat().map(({ _id, version, accesses }) => ({
      id: String(_id),
      isWhole: Array.isArray(accesses) && accesses.length === Math.min(16, Number(version)),
    }));
  };

  it("of the register: every request is served, and recorded when there is space", async () => {
    await whileFull(["audit"], async () => {
      await client.drive(28);
      expect((await waiting(parts)).length).toBeGreaterThanOrEqual(28);
    });
    expect(Object.keys(tally(client.sent)).sort()).toEqual(SERVED);
    await expectServiceAndEveryRecord();
  });

  it("of the patient's data: reads are served, changes fail whole, and both are recorded", async () => {
    await whileFull(["patient"], () => client.drive(28));
    const changes = client.sent.filter(({ isChange }) => isChange);
    const reads = client.sent.filter(({ isChange }) => !isChange);
    expect(Object.keys(tally(changes))).toEqual(["500 internal-error"]);
    expect(Object.keys(tally(reads)).sort()).toEqual(["200", "404 patient-not-found"]);
    expect((await marks()).filter(({ isWhole }) => !isWhole)).toEqual([]);
    const failed = changes.map(({ answer }) => answer?.requestId ?? "");
    const marked = { "accesses.accessId": { $in: failed } };
    expect(await parts.data.patient.db.collection("patients").countDocuments(marked)).toBe(0);
    expect(await parts.data.patient.db.collection("tests").countDocuments(marked)).toBe(0);
    await expectServiceAndEveryRecord();
  });

  it("of both: nothing is read or changed, and service returns by itself", async () => {
    await whileFull(["patient", "audit"], () => client.drive(28));
    expect(Object.keys(tally(client.sent))).toEqual(["503 audit-unavailable"]);
    await expectServiceAndEveryRecord();
  });
});
