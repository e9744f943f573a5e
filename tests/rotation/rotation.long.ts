import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { COMPRESSED, rotateUnderLoad } from "./rotate-under-load.ts";

/** `npm run rotate-keys:load` does this a hundred times. */
describe("rotation of every key under load", () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform({ appSettings: COMPRESSED });
  });
  afterAll(() => platform.stop());

  it("fails no request, and ends every old key, also when the command is killed at any of its steps", async () => {
    const { served, failures, secrets } = await rotateUnderLoad({ platform, rotations: 2, kills: true });
    expect(failures).toEqual([]);
    expect(served).toBeGreaterThan(100);
    expect(secrets.map(({ name }) => name).sort()).toEqual([
      "audit-gateway-key",
      "audit-hash-key",
      "audit-host-key",
      "audit-signing-key",
      "patient-hash-key",
      "patient-host-key",
      "subscription-local-auditor",
      "subscription-local-partner",
    ]);
    for (const { rotations, kills } of secrets) expect([rotations > 3, kills > 1]).toEqual([true, true]);
  }, 600_000);
});
