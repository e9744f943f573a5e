import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startDatabase } from "../../platform/database/start-database.ts";
import { callOf, UNKNOWN_PATH } from "../support/cases.ts";
import { clientOf, publicOperations } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { somebody } from "../support/people.ts";
import { recordsOf } from "../support/register.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { newTrace } from "../support/trace.ts";

/** A database that goes away and comes back, as one does that is not ours. */
describe("with the Patient app's database away", () => {
  let directory: string;
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let platform: TestPlatform;

  const start = () => startDatabase({ directory, name: "patient" });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "specimen-patient-"));
    database = await start();
    platform = await startTestPlatform({ environment: { MONGODB_URI_PATIENT: database.uri } });
    expect((await clientOf(platform.gateway).call("createPatient", { body: somebody() })).status).toBe(201);
    await database.close();
  });

  afterAll(async () => {
    await platform.stop();
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("every operation is a 503, and recorded as one", async () => {
    const { call } = clientOf(platform.gateway);
    const answers = await Promise.all(
      publicOperations
        .filter(({ api }) => api === "patient")
        .map(async (operation) => {
          const { traceId, headers } = newTrace();
          const made = { ...callOf(operation, UNKNOWN_PATH), headers };
          return { traceId, operation, answer: await call(operation.operationId, made) };
        }),
    );
    for (const { traceId, operation, answer } of answers) {
      expect([answer.status, answer.body.code]).toEqual([503, "database-unavailable"]);
      expect(answer.headers.get("retry-after")).toBe("1");
      const records = await recordsOf(platform.gateway, { traceId });
      // Of a change nobody knows whether it was made.
      const code = /^(create|update|delete)/.test(operation.operationId) ? 12 : 8;
      expect(records.map(({ phase, outcome }) => [phase, outcome])).toEqual([
        ["outcome", { code, status: 503, error: "database-unavailable" }],
        ["intent", undefined],
      ]);
    }
  });

  it("service returns by itself with the database", async () => {
    database = await start();
    const { call } = clientOf(platform.gateway);
    await eventually(async () => (await call("searchPatients", { body: {} })).status === 200);
    expect((await call("searchPatients", { body: {} })).body).toHaveLength(1);
  });
});
