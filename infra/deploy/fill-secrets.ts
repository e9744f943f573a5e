import { PLACEHOLDER } from "../rotation/key-ring.ts";
import type { Vault } from "../rotation/vault.ts";

export interface FillSecretsOptions {
  /** Those that the environment needs, by their names in the vault. */
  readonly secrets: readonly string[];
  /** Those of them that are keys of single functions: a function that has just been published has none yet. */
  readonly ofFunctions: readonly string[];
  readonly vault: Pick<Vault, "secret">;
  /** `npm run rotate-keys` for some secrets. @returns its exit code */
  readonly rotate: (secrets: readonly string[]) => Promise<number>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/** An app's own key cannot be tried before the app has its database's: the next round finds it there. */
const ROUNDS = 3;
/** An app goes on with what it has read for 30 s. */
const BETWEEN_MS = 35_000;

/**
 * Gives a value to each secret that has none: all of them at the first deployment, none later, unless a new API brings some.
 * Secrets that have one are left alone; `npm run rotate-keys` is for these. Keys of functions are rotated with every deployment, so that
 * each function that is published has one.
 */
export async function fillSecrets(options: FillSecretsOptions): Promise<void> {
  const { secrets, ofFunctions, rotate, wait, say } = options;
  const filled = new Set<string>();
  for (let round = 1; ; round++) {
    const unset = await unsetOf(options);
    if (unset.length === 0) {
      say(`keys: all ${secrets.length} secrets have a value`);
      const stale = ofFunctions.filter((name) => !filled.has(name));
      if (stale.length > 0 && (await rotate(stale)) !== 0)
        throw new Error(`${stale.join(", ")} could not be rotated: a function that is new may have no key`);
      return;
    }
    if (round > ROUNDS) throw new Error(`these secrets still have no value: ${unset.join(", ")}`);
    if (round > 1) {
      say(`keys: ${unset.join(", ")} have no value yet; once more in ${BETWEEN_MS / 1000} s`);
      await wait(BETWEEN_MS);
    }
    say(`keys: rotate-keys ${unset.map((name) => `--secret ${name}`).join(" ")}`);
    for (const name of unset) filled.add(name);
    await rotate(unset);
  }
}

async function unsetOf({ secrets, vault }: FillSecretsOptions): Promise<readonly string[]> {
  const values = await Promise.all(secrets.map(async (name) => ({ name, secret: await vault.secret(name) })));
  return values
    .filter(({ secret }) => secret === undefined || secret.value === PLACEHOLDER)
    .map(({ name }) => name);
}
