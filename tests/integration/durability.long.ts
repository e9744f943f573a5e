import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { clientOf } from "../support/client.ts";
import { somebody } from "../support/people.ts";
import { recordsOf } from "../support/register.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

describe("the data survives", () => {
  let stateDirectory: string;
  beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), "specimen-state-"));
  });
  afterAll(() => rm(stateDirectory, { recursive: true, force: true }));

  const createSome = async ({ gateway }: TestPlatform): Promise<string[]> => {
    const { call } = clientOf(gateway);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call("createPatient", { body: somebody() })),
    );
    return answers.map(({ body }) => body.id as string);
  };

  const expectAll = async ({ gateway }: TestPlatform, ids: readonly string[]): Promise<void> => {
    const { call } = clientOf(gateway);
    for (const patientId of ids) {
      expect((await call("getPatient", { path: { patientId } })).status).toBe(200);
      const records = await recordsOf(gateway, { patientId, operationId: "createPatient" });
      expect(records.map(({ phase }) => phase)).toEqual(["outcome", "intent"]);
    }
  };

  it("a restart, and a kill -9 of every process", async () => {
    const first = await startTestPlatform({ stateDirectory });
    const ids = await createSome(first);
    await first.stop();

    const second = await startTestPlatform({ stateDirectory });
    await expectAll(second, ids);
    ids.push(...(await createSome(second)));
    const apps = Object.values(await second.processIds());
    const exit = once(second.process, "exit");
    for (const id of [second.process.pid ?? 0, ...apps]) process.kill(id, "SIGKILL");
    await exit;

    const third = await startTestPlatform({ stateDirectory });
    await expectAll(third, ids);
    await third.stop();
  });
});
