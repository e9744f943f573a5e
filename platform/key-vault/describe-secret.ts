import { vaultError, type Answer } from "./answer.ts";
import type { NamedVersion, SecretVersion, StoredSecret } from "./secret-store.ts";

/** A version with its value: Key Vault's `SecretBundle`. */
export function describeSecret(version: NamedVersion, url: string): Record<string, unknown> {
  return { value: version.secret.value, ...describeSecretItem(version, url) };
}

/** A version without its value. */
export function describeSecretItem({ name, secret }: NamedVersion, url: string): Record<string, unknown> {
  return { id: `${url}/secrets/${name}/${secret.version}`, ...propertiesOf(secret) };
}

/** A secret in the list of all of them: what is said of it is said of its current version. */
export function describeSecretName({ name, versions }: StoredSecret, url: string): Record<string, unknown> {
  const current = versions.at(-1);
  return { id: `${url}/secrets/${name}`, ...(current && propertiesOf(current)) };
}

export function secretNotFound(name: string): Answer {
  const message =
    `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be ` +
    "able to recover it using the correct recovery command. For help resolving this issue, please see " +
    "https://go.microsoft.com/fwlink/?linkid=2125182";
  return vaultError(404, "SecretNotFound", message);
}

/** Members that are `undefined` do not leave as JSON. */
function propertiesOf(secret: SecretVersion): Record<string, unknown> {
  const { enabled = true, exp, nbf, created, updated = created, contentType, tags } = secret;
  const retention = { recoveryLevel: "Recoverable+Purgeable", recoverableDays: 90 };
  return { attributes: { enabled, exp, nbf, created, updated, ...retention }, contentType, tags };
}
