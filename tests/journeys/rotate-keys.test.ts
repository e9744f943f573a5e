import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { request } from "../support/client.ts";
import { AUDITOR_KEY, PARTNER_KEY } from "../support/addresses.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { operatorOf } from "../rotation/operator.ts";
import { UNKNOWN_ID } from "../support/people.ts";

const MAIN = join(import.meta.dirname, "../../infra/rotation/main.ts");

/** `npm run rotate-keys:load` rotates everything under load; this is the command as an operator knows it. */
describe("rotate-keys", () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(() => platform.stop());

  const run = (...args: string[]) => runIn(platform.stateDirectory, args);
  const partner = (key: string) => request("GET", `${platform.gateway}/patient/${UNKNOWN_ID}`, { key });
  const auditor = () => request("GET", `${platform.gateway}/audit/records`, { key: AUDITOR_KEY });

  it("says what it would do, and does nothing", async () => {
    const { code, output } = await run("--environment", "local", "--dry-run");
    expect(code).toBe(0);
    expect(output.map((line) => line.split("  ")[0])).toEqual([
      "audit-hash-key",
      "patient-hash-key",
      "audit-subject-key",
      "audit-host-key",
      "audit-gateway-key",
      "patient-host-key",
      "audit-signing-key",
      "subscription-local-partner",
      "subscription-local-auditor",
    ]);
    expect(await operatorOf(platform.stateDirectory).secret("audit-host-key")).toBe(
      platform.keys.audit?.hostKeys.default,
    );
  });

  it("rotates what the gateway and the apps open each other with, and every hop goes on", async () => {
    const old = platform.keys;
    const direct = async (api: string, path: string, key = "") =>
      (
        await request("GET", `${platform.apps[api]}${path}`, {
          key: null,
          headers: { "x-functions-key": key },
        })
      ).status;
    const opened = () =>
      Promise.all([
        direct("audit", "/audit/records", old.audit?.hostKeys.default),
        direct("audit", "/audit/records", old.audit?.functionKeys.listAuditRecords?.gateway),
        direct("patient", `/patient/${UNKNOWN_ID}`, old.patient?.hostKeys.default),
      ]);
    expect(await opened()).toEqual([200, 200, 404]);
    const names = ["audit-host-key", "audit-gateway-key", "patient-host-key"];
    const { code, output } = await run(
      "--environment",
      "local",
      ...names.flatMap((name) => ["--secret", name]),
    );
    expect([code, output.filter((line) => line.endsWith("  done")).length]).toEqual([0, 3]);
    const operator = operatorOf(platform.stateDirectory);
    const now = await Promise.all(names.map((name) => operator.secret(name)));
    const before = [old.audit, old.patient].flatMap((keys) => Object.values(keys?.hostKeys ?? {}));
    for (const key of [...now, ...before]) expect(output.join("\n")).not.toContain(key);
    expect((await partner(PARTNER_KEY)).status).toBe(404);
    expect((await auditor()).status).toBe(200);
    expect(await opened()).toEqual([401, 401, 401]);
  });

  it("leaves a partner the old key until it is told otherwise", async () => {
    const name = "subscription-local-partner";
    const first = await run("--environment", "local", "--secret", name);
    expect(first.output.at(-1)).toContain("waits for whoever uses the old key");
    const given = (await operatorOf(platform.stateDirectory).secret(name)) ?? "";
    expect([(await partner(PARTNER_KEY)).status, (await partner(given)).status]).toEqual([404, 404]);
    expect((await run("--environment", "local", "--secret", name)).output.at(-1)).toContain("waits for");
    expect((await partner(PARTNER_KEY)).status).toBe(404);
    const second = await run("--environment", "local", "--secret", name, "--grace", "0");
    expect(second.output.at(-1)).toContain("done (an earlier run was continued)");
    expect([(await partner(PARTNER_KEY)).status, (await partner(given)).status]).toEqual([401, 404]);
  });

  it("refuses what it does not know, and says what there is", async () => {
    const { code, errors } = await run("--environment", "local", "--secret", "x");
    expect(code).toBe(2);
    expect(errors[0]).toContain(
      "There is no secret x that is rotated; there are audit-hash-key, patient-hash-key",
    );
  });

  it("says that no platform runs", async () => {
    const { code, errors } = await runIn(join(platform.stateDirectory, "nothing"), [
      "--environment",
      "local",
    ]);
    expect([code, errors.length]).toEqual([1, 1]);
    expect(errors[0]).toContain("no platform runs there");
  });
});

/** The command, in a process of its own. */
function runIn(
  stateDirectory: string,
  args: readonly string[],
): Promise<{ code: number; output: string[]; errors: string[] }> {
  const env = { ...process.env, NODE_OPTIONS: "", SPECIMEN_STATE_DIR: stateDirectory };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", MAIN, ...args],
      { env },
      (error, output, errors) => {
        const lines = (text: string) => text.trimEnd().split("\n");
        resolve({
          code: typeof error?.code === "number" ? error.code : 0,
          output: lines(output),
          errors: lines(errors),
        });
      },
    );
  });
}
