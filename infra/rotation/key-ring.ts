import { randomBytes } from "node:crypto";
import type { Rotated, Rotation, RotationTools } from "./step.ts";
import type { VaultSecret } from "./vault.ts";
import { untilOlderThan } from "./waiting.ts";

/**
 * Rotates a key that signs what comes back later, such as the cursors of lists: a ring of keys, the first of which signs, while
 * each is recognised (`runtime/secrets/key-ring.ts`). The new key comes second, until every reader knows it; then first; and when
 * what the old one signed has been used, the old one goes. The version's tag `phase` says how far it came.
 */
export function rotateKeyRing(name: string, tools: RotationTools): Rotation {
  const { vault, waits } = tools;
  const read = async () => ringOf(await vault.secret(name));
  return {
    name,
    async plan() {
      const { phase } = await read();
      const steps = ["let the new key be recognised", "let the new key sign", "end the old key"];
      if (phase === "unset") return ["make the first key"];
      return phase === "one" ? steps : steps.slice(phase === "announced" ? 1 : 2);
    },
    async rotate(tell): Promise<Rotated> {
      const begun = await read();
      if (begun.phase === "unset") {
        await tell("make the first key");
        await vault.setSecret(name, newKey(), {});
        return { done: true, resumed: false };
      }
      if (begun.phase === "one") {
        await tell("let the new key be recognised");
        await vault.setSecret(name, `${begun.keys[0] ?? ""},${newKey()}`, { phase: "announced" });
      }
      const announced = await read();
      if (announced.phase === "announced") {
        await untilOlderThan(waits.readers, name, tools, { tell, why: "every reader to know the new key" });
        await tell("let the new key sign");
        await vault.setSecret(name, [...announced.keys].reverse().join(","), { phase: "signing" });
      }
      const { keys } = await read();
      await untilOlderThan(Math.max(waits.readers, waits.handOver ?? 0), name, tools, {
        tell,
        why: "what the old key signed to be used",
      });
      await tell("end the old key");
      await vault.setSecret(name, keys[0] ?? "", {});
      return { done: true, resumed: begun.phase !== "one" };
    },
  };
}

/** What a deployment puts into a secret that has no value yet. */
export const PLACEHOLDER = "set-by-rotate-keys";

type Phase = "unset" | "one" | "announced" | "signing";

function ringOf(secret: VaultSecret | undefined): {
  readonly keys: readonly string[];
  readonly phase: Phase;
} {
  if (secret === undefined || secret.value === PLACEHOLDER) return { keys: [], phase: "unset" };
  const keys = secret.value.split(",");
  if (keys.length < 2) return { keys, phase: "one" };
  return { keys, phase: secret.tags.phase === "announced" ? "announced" : "signing" };
}

function newKey(): string {
  return randomBytes(32).toString("base64url");
}
