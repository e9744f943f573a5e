import { KeyVaultKey } from "@cdktf/provider-azurerm/lib/key-vault-key/index.js";
import { KeyVaultSecret } from "@cdktf/provider-azurerm/lib/key-vault-secret/index.js";
import type { TerraformStack } from "cdktf";
import { grantRole } from "../grant-role.ts";
import { GATEWAY_IDENTITY } from "../manifest.ts";
import type { Manifest } from "../manifest.ts";
import type { FoundationParts, ServicesParts } from "../parts.ts";

/** What every secret is until `npm run rotate-keys` has set it: Terraform never holds a secret. */
const PLACEHOLDER = "set-by-rotate-keys";

/** The vault's secrets and keys, as places with rights: who may read or sign is what the manifest says, and nobody else. */
export function createVaultContents(
  stack: TerraformStack,
  { vault, identity }: FoundationParts,
  { identities }: Manifest,
): ServicesParts["secret"] {
  const secrets = createSecrets(stack, vault.id, identities);
  const keys = createKeys(stack, vault.id, identities);
  for (const { name, ...granted } of identities.filter(({ name }) => name !== GATEWAY_IDENTITY)) {
    const { principalId } = identity(name);
    for (const secret of granted.secrets)
      grantRole(stack, `${name}-reads-${secret}`, {
        role: "Key Vault Secrets User",
        scope: found(secrets, secret).resourceVersionlessId,
        principalId,
        principalType: "ServicePrincipal",
      });
    for (const key of granted.keys)
      grantRole(stack, `${name}-signs-with-${key}`, {
        role: "Key Vault Crypto User",
        scope: found(keys, key).resourceVersionlessId,
        principalId,
        principalType: "ServicePrincipal",
      });
  }
  return (name) => {
    const secret = found(secrets, name);
    return { resourceId: secret.resourceVersionlessId, uri: secret.versionlessId };
  };
}

function createSecrets(stack: TerraformStack, keyVaultId: string, identities: Manifest["identities"]) {
  const names = unique(identities.flatMap(({ secrets }) => secrets));
  return new Map(
    names.map((name) => [
      name,
      new KeyVaultSecret(stack, name, {
        name,
        keyVaultId,
        // Written when the secret is made and never again, because the version stays; never in the state.
        valueWo: PLACEHOLDER,
        valueWoVersion: 1,
        // The rotation's, not ours.
        lifecycle: { ignoreChanges: ["content_type", "expiration_date", "not_before_date", "tags"] },
      }),
    ]),
  );
}

function createKeys(stack: TerraformStack, keyVaultId: string, identities: Manifest["identities"]) {
  const names = unique(identities.flatMap(({ keys }) => keys));
  return new Map(
    names.map((name) => [
      name,
      new KeyVaultKey(stack, name, {
        name,
        keyVaultId,
        keyType: "EC",
        curve: "P-256",
        keyOpts: ["sign", "verify"],
        // Each version that a rotation makes expires. The register records when its key changes, so that no clock may change it: rotation is the
        // operators'.
        rotationPolicy: { expireAfter: "P2Y", notifyBeforeExpiry: "P60D" },
        lifecycle: { ignoreChanges: ["expiration_date", "not_before_date", "tags"] },
      }),
    ]),
  );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function found<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`generated/manifest.json names no ${name}.`);
  return thing;
}
