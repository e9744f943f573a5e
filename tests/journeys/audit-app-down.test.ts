import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MongoClient } from "mongodb";
import { clientOf } from "../support/client.ts";
import type { Call } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { somebody, someTest } from "../support/people.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

/** No access without a record: as long as the Audit app does not answer, nothing is read and nothing is changed. */
describe("with the Audit app", () => {
  let platform: TestPlatform;
  let database: MongoClient;
  let calls: [string, Call][];

  beforeAll(async () => {
    platform = await startTestPlatform();
    database = await new MongoClient(platform.databases.patient ?? "").connect();
    const { call } = clientOf(platform.gateway);
    const patientId: string = (await call("createPatient", { body: somebody() })).body.id;
    const testId: string = (await call("createTest", { path: { patientId }, body: someTest() })).body.id;
    const path = { patientId, testId };
    calls = [
      ["createPatient", { body: somebody() }],
      ["getPatient", { path }],
      ["updatePatient", { path, body: somebody() }],
      ["searchPatients", { body: {} }],
      ["createTest", { path, body: someTest() }],
      ["listTests", { path }],
      ["getTest", { path }],
      ["updateTest", { path, body: someTest() }],
      ["deleteTest", { path }],
      ["deletePatient", { path }],
      // Refusals are recorded too.
      ["createPatient", { body: {} }],
    ];
  });

  afterAll(async () => {
    await database.close();
    await platform.stop();
  });

  const stored = async () => {
    const db = database.db("patient");
    return JSON.stringify([
      await db.collection("patients").find().sort({ _id: 1 }).toArray(),
      await db.collection("tests").find().sort({ _id: 1 }).toArray(),
    ]);
  };

  async function expectNoAccess(): Promise<void> {
    const before = await stored();
    const { call } = clientOf(platform.gateway);
    const answers = await Promise.all(calls.map(([operationId, made]) => call(operationId, made)));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      calls.map(() => [503, "audit-unavailable"]),
    );
    expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(calls.map(() => "1"));
    expect(await stored()).toBe(before);
  }

  async function expectService(): Promise<void> {
    const { call } = clientOf(platform.gateway);
    await eventually(async () => (await call("createPatient", { body: somebody() })).status === 201);
    expect((await call("searchPatients", { body: {} })).status).toBe(200);
  }

  it("hanging: 503 for every operation, and service again when it goes on", async () => {
    const { audit = 0 } = await platform.processIds();
    process.kill(audit, "SIGSTOP");
    try {
      await expectNoAccess();
    } finally {
      process.kill(audit, "SIGCONT");
    }
    await expectService();
  });

  it("dead: 503 for every operation, and service again when it is back", async () => {
    // Each death makes the supervisor wait longer; the fifth leaves time enough to ask.
    for (let deaths = 0; deaths < 5; deaths++) {
      const { audit } = await eventually(async () => {
        const ids = await platform.processIds();
        return ids.audit === undefined ? null : ids;
      });
      process.kill(audit ?? 0, "SIGKILL");
      await eventually(async () => (await platform.processIds()).audit !== audit);
    }
    await expectNoAccess();
    await expectService();
  });

  it("a Patient app that dies is started again", async () => {
    const { patient = 0 } = await platform.processIds();
    process.kill(patient, "SIGKILL");
    await expectServiceAfterDeath();
    expect((await platform.processIds()).patient).not.toBe(patient);
  });

  /** Until the app is back the gateway answers 500, as APIM does for a backend that it cannot reach. */
  async function expectServiceAfterDeath(): Promise<void> {
    const { call } = clientOf(platform.gateway);
    await eventually(async () => {
      const { status } = await call("createPatient", { body: somebody() });
      if (![201, 500].includes(status)) throw new Error(`An app that is away was answered with ${status}.`);
      return status === 201;
    });
  }
});
