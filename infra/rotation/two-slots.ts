import type { Rotated, Rotation, RotationTools, Tell } from "./step.ts";
import { until, untilOlderThan } from "./waiting.ts";

/**
 * A service that keeps two credentials, both of which open it, such as a function app's host keys, or the primary and the
 * secondary key of an account.
 */
export interface TwoSlots<Slot extends string = string> {
  /** The vault's secret that holds the one that is used. */
  readonly secret: string;
  readonly slots: readonly [Slot, Slot];
  /** What is in the slots now. */
  read(): Promise<Readonly<Partial<Record<Slot, string>>>>;
  /** Puts a new credential into a slot, which ends the one that was there. */
  renew(slot: Slot): Promise<string>;
  /** Whether a credential opens the service; undefined when it cannot be told now. Absent when it cannot be tried from here. */
  readonly opens?: (credential: string) => Promise<boolean | undefined>;
}

const CHANGED =
  "The keys have changed meanwhile: somebody else rotates them. Nothing was ended; run it again when they are done.";

/** A key that is made a moment ago opens every instance within this time, and one that was ended opens none. */
const LONGEST_SECONDS = 60;

/**
 * Rotates by turns: the slot that is not used gets a new credential, the vault a new version, and when it has been seen to open,
 * the other slot is renewed with a value that nobody gets. The version's tags say which slot it is of, and which one is still to
 * be ended, so that any run can be continued.
 */
export function twoSlots<Slot extends string>(service: TwoSlots<Slot>, options: RotationTools): Rotation {
  const { vault, waits, wait } = options;
  const { secret, slots, opens } = service;
  const [first, second] = slots;
  const other = (slot: Slot): Slot => (slot === first ? second : first);
  const read = async () => {
    const [current, held] = [await vault.secret(secret), await service.read()];
    const matching = slots.find((slot) => current !== undefined && held[slot] === current.value);
    // A slot that does not match as a whole is still the one that readers use, if the version says so.
    const used = matching ?? slots.find((slot) => slot === current?.tags.slot);
    const ends = matching && current?.tags.ends === other(matching) ? other(matching) : undefined;
    // Where the vault does not know which one is used, it is the one that the service made first.
    return { used, next: used === second ? first : second, ends };
  };

  const end = async (used: Slot, ending: Slot, tell: Tell, resumed: boolean): Promise<Rotated> => {
    const { [used]: held, [ending]: old } = await service.read();
    const credential = (await vault.secret(secret))?.value ?? "";
    if (held !== credential) throw new Error(CHANGED);
    if (opens && resumed) {
      await tell(`try the key of slot ${used}`);
      await until(async () => (await opens(credential)) === true, options, {
        seconds: LONGEST_SECONDS,
        otherwise: `the key of slot ${used} opens nothing`,
      });
    }
    if (waits.handOver === undefined)
      return {
        done: false,
        waitsFor: "whoever uses the old key to use the new one: then run it with --grace 0",
      };
    await untilOlderThan(Math.max(waits.readers, waits.handOver), secret, options, {
      tell,
      why: "those who still use the old key",
    });
    await tell(`end the key of slot ${ending}`);
    if ((await service.read())[used] !== (await vault.secret(secret))?.value) throw new Error(CHANGED);
    await service.renew(ending);
    if (opens && old !== undefined) {
      await tell("see that the old key is refused");
      await until(async () => (await opens(old)) === false, options, {
        seconds: LONGEST_SECONDS,
        otherwise: `the old key of slot ${ending} still opens`,
      });
    }
    await tell("note that nothing is left to end");
    const current = await vault.secret(secret);
    if (current) await vault.setTags(secret, current.version, { slot: used });
    return { done: true, resumed };
  };

  return {
    name: secret,
    async plan() {
      const { used, next, ends } = await read();
      if (used !== undefined && ends !== undefined)
        return [`end the key of slot ${ends} (slot ${used} is used)`];
      return [
        `make a new key in slot ${next} (${used === undefined ? "none is in use yet" : `slot ${used} is used`})`,
        ...(opens ? ["try it"] : []),
        "add a version of the secret",
        `end the key of slot ${other(next)}`,
      ];
    },
    async rotate(tell) {
      const { used, next, ends } = await read();
      if (used !== undefined && ends !== undefined) return end(used, ends, tell, true);
      await tell(`make a new key in slot ${next}`);
      const credential = await service.renew(next);
      if (opens) {
        await tell(`try the key of slot ${next}`);
        await until(async () => (await opens(credential)) === true, options, {
          seconds: LONGEST_SECONDS,
          otherwise: `the new key of slot ${next} opens nothing`,
        });
      }
      if (waits.readers > 0) {
        await tell(`wait ${waits.readers} s for every instance to know it`);
        await wait(waits.readers * 1000);
      }
      await tell("add a version of the secret");
      if ((await service.read())[next] !== credential) throw new Error(CHANGED);
      await vault.setSecret(secret, credential, { slot: next, ends: other(next) });
      return end(next, other(next), tell, false);
    },
  };
}
