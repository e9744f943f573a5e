import type { Vault, VaultSecret } from "../vault.ts";

/** A vault in memory, whose clock a test moves. */
export interface FakeVault extends Vault {
  /** Milliseconds since 1970. */
  time: number;
  readonly secrets: Map<string, VaultSecret>;
  /** Each value that a secret has had, by name. */
  readonly history: Map<string, string[]>;
  readonly keys: Map<string, { version: string; enabled: boolean }[]>;
}

export function fakeVault(): FakeVault {
  const secrets = new Map<string, VaultSecret>();
  const history = new Map<string, string[]>();
  const keys = new Map<string, { version: string; enabled: boolean }[]>();
  const vault: FakeVault = {
    time: 1_000_000,
    secrets,
    history,
    keys,
    secret: (name) => Promise.resolve(secrets.get(name)),
    setSecret(name, value, tags) {
      const version = String((history.get(name)?.length ?? 0) + 1);
      secrets.set(name, { value, tags, version, created: Math.floor(vault.time / 1000) });
      history.set(name, [...(history.get(name) ?? []), value]);
      return Promise.resolve();
    },
    setTags(name, version, tags) {
      const secret = secrets.get(name);
      if (secret?.version !== version) throw new Error("no such version");
      secrets.set(name, { ...secret, tags });
      return Promise.resolve();
    },
    keyVersions: (name) => Promise.resolve([...(keys.get(name) ?? [])]),
    publicKey: (_name, version) => Promise.resolve({ x: version, y: version }),
    rotateKey(name) {
      const versions = keys.get(name) ?? [];
      keys.set(name, [{ version: `v${versions.length + 1}`, enabled: true }, ...versions]);
      return Promise.resolve();
    },
    disableKey(name, version) {
      const found = keys.get(name)?.find((one) => one.version === version);
      if (!found) throw new Error("no such version");
      found.enabled = false;
      return Promise.resolve();
    },
  };
  return vault;
}
