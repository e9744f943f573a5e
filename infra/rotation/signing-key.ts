import type { Rotated, Rotation, RotationTools, Tell } from "./step.ts";
import type { KeyVersion } from "./vault.ts";
import { until } from "./waiting.ts";

export interface SigningKeyOptions extends RotationTools {
  /** The key's name in the vault. */
  readonly name: string;
  /** The public key that the register's latest checkpoint names, by its coordinates; undefined when there is no checkpoint. */
  readonly signsNow: () => Promise<{ readonly x: string; readonly y: string } | undefined>;
}

/** A checkpoint is made every 5 s; a register that is busy or away gets this long. */
const LONGEST_SECONDS = 120;
const NO_CHECKPOINT = "there is no checkpoint of the newest version; see docs/runbooks.md";

/**
 * Rotates the key that signs the register's checkpoints: a new version, a checkpoint that both sign (which the register makes by
 * itself, docs/adr/0016), and when the latest checkpoint is the new one's, the old versions are disabled. They go on being known:
 * what they have signed is verified with their public part.
 */
export function rotateSigningKey(options: SigningKeyOptions): Rotation {
  const { name, vault, signsNow } = options;
  const enabled = async (): Promise<readonly KeyVersion[]> =>
    (await vault.keyVersions(name)).filter((version) => version.enabled);
  const newestSigns = async (): Promise<boolean> => {
    const [newest] = await enabled();
    const signing = await signsNow();
    if (!newest || !signing) return false;
    const { x, y } = await vault.publicKey(name, newest.version);
    return x === signing.x && y === signing.y;
  };
  const endOld = async (tell: Tell, resumed: boolean): Promise<Rotated> => {
    await tell("wait for a checkpoint of the new version");
    await until(newestSigns, options, { seconds: LONGEST_SECONDS, otherwise: NO_CHECKPOINT });
    for (const { version } of (await enabled()).slice(1)) {
      await tell("disable an old version");
      await vault.disableKey(name, version);
    }
    return { done: true, resumed };
  };
  return {
    name,
    async plan() {
      const rest = ["wait for a checkpoint of the new version", "disable the old version"];
      return (await enabled()).length > 1 ? rest : ["make a new version", ...rest];
    },
    async rotate(tell) {
      if ((await enabled()).length > 1) return endOld(tell, true);
      // Without a checkpoint of the old version the new one would be the register's first, signed by no other.
      await tell("wait for a checkpoint of the version that is in use");
      await until(newestSigns, options, { seconds: LONGEST_SECONDS, otherwise: NO_CHECKPOINT });
      await tell("make a new version");
      await vault.rotateKey(name);
      return endOld(tell, false);
    },
  };
}
