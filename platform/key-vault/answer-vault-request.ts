import type { AccessTokens } from "./access-tokens.ts";
import { vaultError, type Answer } from "./answer.ts";
import { authenticate, forbidden, refuseApiVersion } from "./authenticate.ts";
import type { Identities, Identity } from "./identities.ts";
import type { KeyStore } from "./key-store.ts";
import { describeSecret, describeSecretItem, describeSecretName, secretNotFound } from "./describe-secret.ts";
import { readNewSecret, readSecretChanges } from "./read-secret-body.ts";
import type { SecretStore } from "./secret-store.ts";

/** A request to the vault, read from the wire. */
export interface VaultRequest {
  method: string;
  /** Path segments after `/secrets` or `/keys`, decoded. */
  segments: string[];
  query: URLSearchParams;
  authorization: string | undefined;
  /** Reads the whole body, or answers `undefined` when it is over the limit. */
  readBody(): Promise<string | undefined>;
}

/** What the vault stands on. */
export interface VaultContext {
  url: string;
  identities: Identities;
  tokens: AccessTokens;
  store: SecretStore;
  keys: KeyStore;
}

/**
 * The secrets part of Key Vault's REST API: get (current or one version), set, update, list (names, or versions, never values).
 * Authentication comes first, then `api-version`, then what the identity may do, then whether the secret exists: an identity
 * learns nothing about secrets that are not granted to it.
 *
 * @throws BadParameter for a body that cannot be used
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups
 */
export async function answerVaultRequest(request: VaultRequest, vault: VaultContext): Promise<Answer> {
  const identity = authenticate(request.authorization, vault);
  if (!("grants" in identity)) return identity;
  const wrongVersion = refuseApiVersion(request.query);
  if (wrongVersion) return wrongVersion;
  const [name, version, ...rest] = request.segments;
  if (rest.length > 0) return vaultError(404, "NotFound", "The requested resource was not found.");
  if (!name) return request.method === "GET" ? listSecrets(identity, vault) : methodNotAllowed();
  if (!SECRET_NAME.test(name))
    return vaultError(400, "BadParameter", "The request URI contains an invalid name.");
  if (request.method === "GET" && version === "versions") return listVersions(identity, name, vault);
  if (request.method === "GET") return getSecret(identity, name, version, vault);
  if (request.method === "PUT" && !version) return setSecret(identity, name, request, vault);
  if (request.method === "PATCH" && version !== undefined)
    return updateSecret(identity, { name, version }, request, vault);
  return methodNotAllowed();
}

/** What Key Vault accepts as a secret's name. */
export const SECRET_NAME = /^[0-9a-zA-Z-]{1,127}$/;

function methodNotAllowed(): Answer {
  return vaultError(405, "BadParameter", "The method is not supported by this resource.");
}

function listSecrets(identity: Identity, { store, url }: VaultContext): Answer {
  if (!isOperator(identity)) return forbidden(identity, "secrets/readMetadata/action");
  return {
    status: 200,
    body: { value: store.list().map((one) => describeSecretName(one, url)), nextLink: null },
  };
}

/** A name that is unknown has no versions. */
function listVersions(identity: Identity, name: string, { store, url }: VaultContext): Answer {
  if (!isOperator(identity)) return forbidden(identity, "secrets/readMetadata/action");
  const value = store.versions(name).map((version) => describeSecretItem(version, url));
  return { status: 200, body: { value, nextLink: null } };
}

function getSecret(
  identity: Identity,
  name: string,
  version: string | undefined,
  vault: VaultContext,
): Answer {
  if (!isOperator(identity) && !identity.grants.has(name.toLowerCase())) {
    return forbidden(identity, "secrets/getSecret/action");
  }
  const found = vault.store.get(name, version === "" ? undefined : version);
  if (!found) return secretNotFound(name);
  if (found.secret.enabled === false)
    return vaultError(
      403,
      "Forbidden",
      "Operation get is not allowed on a disabled secret.",
      "SecretDisabled",
    );
  return { status: 200, body: describeSecret(found, vault.url) };
}

async function setSecret(
  identity: Identity,
  name: string,
  request: VaultRequest,
  vault: VaultContext,
): Promise<Answer> {
  if (!isOperator(identity)) return forbidden(identity, "secrets/setSecret/action");
  const { value, properties } = readNewSecret(await request.readBody());
  return { status: 200, body: describeSecret(vault.store.set(name, value, properties), vault.url) };
}

/** Without a version, as in `/secrets/name/`, it is the current one. */
async function updateSecret(
  identity: Identity,
  { name, version }: { name: string; version: string },
  request: VaultRequest,
  vault: VaultContext,
): Promise<Answer> {
  if (!isOperator(identity)) return forbidden(identity, "secrets/update/action");
  const changes = readSecretChanges(await request.readBody());
  const updated = vault.store.update(name, version === "" ? undefined : version, changes);
  return updated ? { status: 200, body: describeSecretItem(updated, vault.url) } : secretNotFound(name);
}

function isOperator(identity: Identity): boolean {
  return identity.grants.has("*");
}
