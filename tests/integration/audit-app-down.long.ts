import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MongoClient } from "mongodb";
import { clientOf } from "../support/client.ts";
import type { Call } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { somebody, someTest } from "../support/people.ts";
import { recordsOf } from "../support/register.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { newTrace } from "../support/trace.ts";

/**
 * No access without a record: while the Audit app does not answer, records are stored with the data, and reach the register when
 * it is back.
 */
describe("with the Audit app", () => {
  let platform: TestPlatform;
  let database: MongoClient;
  let calls: [string, Call, number][];

  beforeAll(async () => {
    platform = await startTestPlatform({ appSettings: { AUDIT_TIMEOUT_MS: "150" } });
    database = await new MongoClient(platform.databases.patient ?? "").connect();
    const { call } = clientOf(platform.gateway);
    const patientId: string = (await call("createPatient", { body: somebody() })).body.id;
    const testId: string = (await call("createTest", { path: { patientId }, body: someTest() })).body.id;
    const path = { patientId, testId };
    const other = { patientId: (await call("createPatient", { body: somebody() })).body.id as string };
    calls = [
      ["createPatient", { body: somebody() }, 201],
      ["getPatient", { path }, 200],
      ["updatePatient", { path, body: somebody() }, 200],
      ["searchPatients", { body: {} }, 200],
      ["createTest", { path, body: someTest() }, 201],
      ["listTests", { path }, 200],
      ["getTest", { path }, 200],
      ["updateTest", { path, body: someTest() }, 200],
      ["deletePatient", { path: other }, 204],
      // Refusals are recorded too.
      ["createPatient", { body: {} }, 400],
    ];
  });

  afterAll(async () => {
    await database.close();
    await platform.stop();
  });

  const waiting = () => database.db("patient").collection("outbox").countDocuments();

  /** Calls each operation; once for all, one that creates what the next call would not find any more. */
  async function expectServedAndRecorded(comeBack: () => Promise<unknown>): Promise<void> {
    const { call } = clientOf(platform.gateway);
    const traces = calls.map(() => newTrace());
    const answers = await Promise.all(
      calls.map(([operationId, made], index) =>
        call(operationId, { ...made, headers: traces[index]?.headers ?? {} }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(calls.map(([, , status]) => status));
    expect(await waiting()).toBeGreaterThan(0);
    await comeBack();
    await eventually(async () => (await waiting()) === 0);
    for (const [index, { traceId }] of traces.entries()) {
      const refused = answers[index]?.status === 400;
      const records = await recordsOf(platform.gateway, { traceId });
      expect(records.map(({ phase }) => phase)).toEqual(refused ? ["closed"] : ["outcome", "intent"]);
      expect(records[0]?.outcome?.status).toBe(answers[index]?.status);
    }
  }

  it("hanging: every operation is served, and its records come to the register when it goes on", async () => {
    const { audit = 0 } = await platform.processIds();
    process.kill(audit, "SIGSTOP");
    try {
      await expectServedAndRecorded(() => Promise.resolve(process.kill(audit, "SIGCONT")));
    } finally {
      process.kill(audit, "SIGCONT");
    }
  });

  it("dead: the same", async () => {
    const [deletion] = calls.splice(8, 1);
    expect(deletion?.[0]).toBe("deletePatient");
    // Each death makes the supervisor wait longer; the fifth leaves time enough to ask.
    for (let deaths = 0; deaths < 5; deaths++) {
      const { audit } = await eventually(async () => {
        const ids = await platform.processIds();
        return ids.audit === undefined ? null : ids;
      });
      process.kill(audit ?? 0, "SIGKILL");
      await eventually(async () => (await platform.processIds()).audit !== audit);
    }
    await expectServedAndRecorded(() => Promise.resolve());
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
