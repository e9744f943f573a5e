import { describe, expect, it } from "@jest/globals";
import { rotateSigningKey } from "./signing-key.ts";
import { killedAt } from "./testing/crash-everywhere.ts";
import { fakeVault } from "./testing/fake-vault.ts";

const NAME = "audit-signing-key";

function world() {
  const vault = fakeVault();
  vault.keys.set(NAME, [{ version: "v1", enabled: true }]);
  // The register signs with the newest version that there was when it was last asked.
  let known = "v1";
  const signsNow = () => {
    const now = known;
    known = vault.keys.get(NAME)?.[0]?.version ?? "";
    return Promise.resolve({ x: now, y: now });
  };
  const wait = (milliseconds: number) => {
    vault.time += milliseconds;
    return Promise.resolve();
  };
  const waits = { readers: 0, handOver: 0 };
  const options = { name: NAME, vault, waits, wait, now: () => vault.time };
  return { vault, options, rotation: rotateSigningKey({ ...options, signsNow }) };
}

describe("rotateSigningKey", () => {
  it("disables the old version when a checkpoint bears the new one's signature", async () => {
    const { vault, rotation } = world();
    expect(await rotation.rotate(() => undefined)).toEqual({ done: true, resumed: false });
    expect(vault.keys.get(NAME)).toEqual([
      { version: "v2", enabled: true },
      { version: "v1", enabled: false },
    ]);
  });

  it("is continued after a kill at any step, with one new version in all", async () => {
    let at = 0;
    for (; ; at++) {
      const { vault, rotation } = world();
      const { killed } = await killedAt(at, rotation);
      expect(vault.keys.get(NAME)?.map(({ enabled }) => enabled)).toEqual([true, false]);
      if (!killed) break;
      expect(at).toBeLessThan(5);
    }
    expect(at).toBeGreaterThanOrEqual(3);
  });

  it("leaves the old version enabled when no checkpoint comes", async () => {
    const { vault, options } = world();
    const stuck = rotateSigningKey({ ...options, signsNow: () => Promise.resolve({ x: "v1", y: "v1" }) });
    await expect(stuck.rotate(() => undefined)).rejects.toThrow("After 120 s there is no checkpoint");
    expect(vault.keys.get(NAME)?.every(({ enabled }) => enabled)).toBe(true);
  });
});
