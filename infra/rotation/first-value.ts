import { randomBytes } from "node:crypto";
import { PLACEHOLDER } from "./key-ring.ts";
import type { Rotation, RotationTools } from "./step.ts";

/**
 * A secret that is made once and never again: what is in the register for good is derived from it (docs/audit-register.md), and
 * with another one nobody would find the records of a person.
 */
export function firstValueOnly(name: string, { vault }: Pick<RotationTools, "vault">): Rotation {
  const isSet = async () => {
    const value = (await vault.secret(name))?.value;
    return value !== undefined && value !== PLACEHOLDER;
  };
  return {
    name,
    plan: async () => ((await isSet()) ? ["do nothing: it is never rotated"] : ["make it, once and for all"]),
    async rotate(tell) {
      const before = await isSet();
      await tell(before ? "leave it: it is never rotated" : "make it, once and for all");
      if (!before) await vault.setSecret(name, randomBytes(32).toString("base64url"), {}, { forEver: true });
      return { done: true, resumed: false };
    },
  };
}
