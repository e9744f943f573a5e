import { describe, expect, it } from "@jest/globals";
import { PLACEHOLDER, rotateKeyRing } from "./key-ring.ts";
import type { RotationTools } from "./step.ts";
import { killedAt } from "./testing/crash-everywhere.ts";
import { fakeVault } from "./testing/fake-vault.ts";

const NAME = "ward-hash-key";

function world(value: string | undefined, waits: RotationTools["waits"]) {
  const vault = fakeVault();
  if (value !== undefined) void vault.setSecret(NAME, value, {});
  const waited: number[] = [];
  const wait = (milliseconds: number) => {
    waited.push(milliseconds);
    vault.time += milliseconds;
    return Promise.resolve();
  };
  return { vault, waited, rotation: rotateKeyRing(NAME, { vault, waits, wait, now: () => vault.time }) };
}

describe("rotateKeyRing", () => {
  it("has the new key recognised before it signs, and the old one until what it signed is used", async () => {
    const { vault, waited, rotation } = world("old", { readers: 45, handOver: 600 });
    expect(await rotation.rotate(() => undefined)).toEqual({ done: true, resumed: false });
    const [, announced = "", signing = "", alone = ""] = vault.history.get(NAME) ?? [];
    const [, made] = announced.split(",");
    expect([announced, signing, alone]).toEqual([`old,${made}`, `${made},old`, made]);
    expect(waited).toEqual([46_000, 601_000]);
  });

  it("is continued after a kill at any step", async () => {
    let at = 0;
    for (; ; at++) {
      const { vault, rotation } = world("old", { readers: 45, handOver: 600 });
      const { killed } = await killedAt(at, rotation);
      expect(vault.history.get(NAME)).toHaveLength(4);
      expect(vault.secrets.get(NAME)?.value).toMatch(/^[\w-]{43}$/);
      if (!killed) break;
      expect(at).toBeLessThan(6);
    }
    expect(at).toBeGreaterThanOrEqual(4);
  });

  it.each([undefined, PLACEHOLDER])("makes the first key of a secret that is %s", async (value) => {
    const { vault, rotation } = world(value, { readers: 45, handOver: 600 });
    expect(await rotation.plan()).toEqual(["make the first key"]);
    await rotation.rotate(() => undefined);
    expect(vault.secrets.get(NAME)?.value).toMatch(/^[\w-]{43}$/);
  });

  it("says what is left to do", async () => {
    const { vault, rotation } = world("old", { readers: 0, handOver: 0 });
    expect(await rotation.plan()).toHaveLength(3);
    await vault.setSecret(NAME, "old,new", { phase: "announced" });
    expect(await rotation.plan()).toEqual(["let the new key sign", "end the old key"]);
    await vault.setSecret(NAME, "new,old", { phase: "signing" });
    expect(await rotation.plan()).toEqual(["end the old key"]);
  });
});
