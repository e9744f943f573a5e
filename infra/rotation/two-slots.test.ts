import { describe, expect, it } from "@jest/globals";
import type { RotationTools } from "./step.ts";
import { killedAt } from "./testing/crash-everywhere.ts";
import { fakeVault } from "./testing/fake-vault.ts";
import { twoSlots } from "./two-slots.ts";
import type { TwoSlots } from "./two-slots.ts";

const NAME = "ward-host-key";

function service({ lag = 0 } = {}) {
  const held: Record<string, string> = { default: "old" };
  let made = 0;
  let asked = 0;
  const slots: TwoSlots = {
    secret: NAME,
    slots: ["default", "second"],
    read: () => Promise.resolve({ ...held }),
    renew: (slot) => Promise.resolve((held[slot] = `key-${++made}`)),
    opens: (key) => Promise.resolve(asked++ >= lag && Object.values(held).includes(key)),
  };
  return { held, slots };
}

interface World {
  readonly waits?: RotationTools["waits"];
  /** Whether the vault knows the key that is in use. */
  readonly used?: boolean;
  readonly lag?: number;
}

function world({ waits = { readers: 0, handOver: 0 }, used = true, lag = 0 }: World = {}) {
  const vault = fakeVault();
  if (used) void vault.setSecret(NAME, "old", {});
  const { held, slots } = service({ lag });
  const waited: number[] = [];
  const tools: RotationTools = {
    vault,
    waits,
    wait: (milliseconds) => {
      waited.push(milliseconds);
      vault.time += milliseconds;
      return Promise.resolve();
    },
    now: () => vault.time,
  };
  return { vault, held, slots, waited, rotation: twoSlots(slots, tools) };
}

const steps: string[] = [];
const tell = (step: string) => void steps.push(step);

describe("twoSlots", () => {
  it("makes the second key, publishes it, tries it, and ends the first", async () => {
    const { vault, held, slots, rotation } = world();
    expect(await rotation.rotate(tell)).toEqual({ done: true, resumed: false });
    expect(vault.secrets.get(NAME)).toMatchObject({ value: "key-1", tags: { slot: "second" } });
    expect(await slots.opens?.("key-1")).toBe(true);
    expect(await slots.opens?.("old")).toBe(false);
    expect(Object.values(held)).toEqual(["key-2", "key-1"]);
    expect([...vault.history.values()].flat()).not.toContain("key-2");
  });

  it("takes turns", async () => {
    const { vault, rotation } = world();
    const used: (string | undefined)[] = [];
    for (let times = 0; times < 4; times++) {
      await rotation.rotate(tell);
      used.push(vault.secrets.get(NAME)?.tags.slot);
    }
    expect(used).toEqual(["second", "default", "second", "default"]);
  });

  it.each([
    ["begun anew", true],
    ["of a secret that has no value yet", false],
  ])("is continued after a kill at any step, when it was %s", async (_how, used) => {
    let at = 0;
    for (; ; at++) {
      const { vault, held, slots, rotation } = world({ used, waits: { readers: 5, handOver: 5 } });
      const { killed } = await killedAt(at, rotation);
      const value = vault.secrets.get(NAME)?.value ?? "";
      expect(Object.values(held)).toContain(value);
      expect(await slots.opens?.("old")).toBe(false);
      expect(vault.secrets.get(NAME)?.tags).not.toHaveProperty("ends");
      // At no time was a key published that opened nothing.
      expect(
        vault.history
          .get(NAME)
          ?.slice(used ? 1 : 0)
          .every((key) => key.startsWith("key-")),
      ).toBe(true);
      if (!killed) break;
    }
    expect(at).toBeGreaterThanOrEqual(7);
  });

  it("waits until every reader has read anew, and for what is left of it after a kill", async () => {
    const { waited, vault, rotation } = world({ waits: { readers: 45, handOver: 0 } });
    await rotation.rotate(tell);
    expect(waited).toEqual([45_000, 46_000]);
    await expect(
      rotation.rotate((step) => {
        if (step.endsWith("still use the old key")) throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    vault.time += 40_000;
    expect(await rotation.rotate(tell)).toEqual({ done: true, resumed: true });
    expect(waited).toEqual([45_000, 46_000, 45_000, 6_000]);
  });

  it("leaves the old key until it is told otherwise, when somebody has to change over, killed or not", async () => {
    for (let at = 0; at < 6; at++) {
      const { vault, slots, rotation } = world({ waits: { readers: 0, handOver: undefined } });
      let steps = 0;
      await rotation
        .rotate(() => {
          if (steps++ === at) throw new Error("killed");
        })
        .catch(() => undefined);
      for (let again = 0; again < 3; again++)
        expect(await rotation.rotate(tell)).toMatchObject({ done: false });
      expect(await slots.opens?.("old")).toBe(true);
      expect(await rotation.plan()).toEqual(["end the key of slot default (slot second is used)"]);
      const tools = { vault, wait: () => Promise.resolve(), now: () => vault.time };
      const ending = twoSlots(slots, { ...tools, waits: { readers: 0, handOver: 0 } });
      expect(await ending.rotate(tell)).toEqual({ done: true, resumed: true });
      expect(await slots.opens?.("old")).toBe(false);
    }
  });

  it("ends nothing, and publishes nothing that opens nothing, when two rotate at once", async () => {
    const { vault, held, slots, rotation } = world();
    let interrupted = false;
    const first = rotation.rotate(async (step) => {
      if (interrupted || step !== "add a version of the secret") return;
      interrupted = true;
      await rotation.rotate(tell);
    });
    await expect(first).rejects.toThrow("somebody else rotates them");
    expect(Object.values(held)).toContain(vault.secrets.get(NAME)?.value);
    expect(await slots.opens?.(vault.secrets.get(NAME)?.value ?? "")).toBe(true);
  });

  it("does not publish a key that opens nothing, and says so", async () => {
    const { vault, slots, rotation } = world({ lag: Infinity });
    await expect(rotation.rotate(tell)).rejects.toThrow(
      "After 60 s the new key of slot second opens nothing.",
    );
    expect(vault.secrets.get(NAME)?.value).toBe("old");
    expect(await slots.read()).toHaveProperty("default", "old");
  });

  it("says what it would do, and does nothing", async () => {
    const { vault, held, rotation } = world();
    expect(await rotation.plan()).toEqual([
      "make a new key in slot second (slot default is used)",
      "try it",
      "add a version of the secret",
      "end the key of slot default",
    ]);
    expect(vault.history.get(NAME)).toEqual(["old"]);
    expect(held).toEqual({ default: "old" });
  });
});
