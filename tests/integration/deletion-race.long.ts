import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MongoClient } from "mongodb";
import { startDatabase } from "../../platform/database/start-database.ts";
import { clientOf } from "../support/client.ts";
import type { Client } from "../support/client.ts";
import { somebody, someTest } from "../support/people.ts";
import { slowDatabase } from "../support/slow-database.ts";
import type { SlowDatabase } from "../support/slow-database.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

const ROUNDS = 15;
const WRITERS = 4;

/** BSON of `{ insert: "tests", … }`. */
const INSERT_OF_TEST = "insert\0\u0006\0\0\0tests\0";

interface StoredTest {
  patientId: string;
  deletedAt?: Date;
  performer?: string;
}

describe("a patient who is deleted while tests are added", () => {
  let directory: string;
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let slow: SlowDatabase;
  let platform: TestPlatform;
  let call: Client["call"];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "specimen-race-"));
    database = await startDatabase({ directory, name: "patient", tcpPort: 0 });
    slow = await slowDatabase(database.tcpPort ?? 0, INSERT_OF_TEST);
    platform = await startTestPlatform({ environment: { MONGODB_URI_PATIENT: slow.uri } });
    ({ call } = clientOf(platform.gateway));
  });

  afterAll(async () => {
    await platform.stop();
    await slow.close();
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  const createPatient = async () => ({
    patientId: (await call("createPatient", { body: somebody() })).body.id as string,
  });

  const addTest = async (path: { patientId: string }) =>
    (await call("createTest", { path, body: someTest() })).status;

  /** The patients who are gone and whose tests are not. */
  const leftBehind = async () => {
    const client = await new MongoClient(database.uri).connect();
    const db = client.db("patient");
    const gone = await db.collection("patients").distinct("_id", { deletedAt: { $exists: true } });
    const tests = await db.collection<StoredTest>("tests").find().toArray();
    await client.close();
    expect(gone.length).toBeGreaterThan(0);
    return tests
      .filter(({ deletedAt, performer }) => !deletedAt || performer !== undefined)
      .map(({ patientId }) => patientId)
      .filter((patientId) => gone.some((id) => String(id) === patientId));
  };

  it("takes along the test whose insert arrives after all others were deleted", async () => {
    const path = await createPatient();
    const held = slow.hold();
    const adding = addTest(path);
    await held;
    expect((await call("deletePatient", { path })).status).toBe(204);
    slow.release();
    expect(await adding).toBe(404);
    expect(await leftBehind()).toEqual([]);
  });

  it(`takes along every test, in ${ROUNDS} rounds without a say in the order`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const path = await createPatient();
      const [deletion, ...statuses] = await Promise.all([
        call("deletePatient", { path }),
        ...Array.from({ length: WRITERS }, () => addTest(path)),
      ]);
      expect(deletion.status).toBe(204);
      for (const status of statuses) expect([201, 404]).toContain(status);
    }
    expect(await leftBehind()).toEqual([]);
  });
});
