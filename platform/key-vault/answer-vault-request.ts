import type { AccessTokens } from "./access-tokens.ts";
import { vaultError, type Answer } from "./answer.ts";
import { authenticate, forbidden, refuseApiVersion } from "./authenticate.ts";
import type { Identities, Identity } from "./identities.ts";
import type { KeyStore } from "./key-store.ts";
import type { SecretStore, SecretVersion } from "./secret-store.ts";

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
 * The secrets part of Key Vault's REST API: get (current or one version), set, list (names only). Authentication comes
 * first, then `api-version`, then what the identity may do, then whether the secret exists: an identity learns nothing
 * about secrets that are not granted to it.
 *
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
  if (request.method === "GET") return getSecret(identity, name, version, vault);
  if (request.method === "PUT" && !version) return setSecret(identity, name, request, vault);
  return methodNotAllowed();
}

/** What Key Vault accepts as a secret's name. */
export const SECRET_NAME = /^[0-9a-zA-Z-]{1,127}$/;
/** Key Vault's limit for the value of a secret, in bytes. */
const MAX_VALUE_BYTES = 25_600;

function methodNotAllowed(): Answer {
  return vaultError(405, "BadParameter", "The method is not supported by this resource.");
}

function listSecrets(identity: Identity, { store, url }: VaultContext): Answer {
  if (!isOperator(identity)) return forbidden(identity, "secrets/readMetadata/action");
  const value = store.list().map(({ name, versions }) => ({
    id: `${url}/secrets/${name}`,
    attributes: attributesOf(versions[versions.length - 1]),
  }));
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
  return found ? { status: 200, body: bundleOf(found, vault.url) } : notFound(name);
}

async function setSecret(
  identity: Identity,
  name: string,
  request: VaultRequest,
  vault: VaultContext,
): Promise<Answer> {
  if (!isOperator(identity)) return forbidden(identity, "secrets/setSecret/action");
  const text = await request.readBody();
  const value = text === undefined ? undefined : valueOf(text);
  if (value === undefined) {
    return vaultError(
      400,
      "BadParameter",
      'The body must be {"value": "…"}; the local vault stores nothing else.',
    );
  }
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
    return vaultError(400, "BadParameter", "The value of a secret has at most 25k bytes.");
  }
  return { status: 200, body: bundleOf(vault.store.set(name, value), vault.url) };
}

function valueOf(text: string): string | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== "object" || content === null || !("value" in content)) return undefined;
    return typeof content.value === "string" && Object.keys(content).length === 1 ? content.value : undefined;
  } catch {
    return undefined;
  }
}

function isOperator(identity: Identity): boolean {
  return identity.grants.has("*");
}

function bundleOf(
  { name, secret }: { name: string; secret: SecretVersion },
  url: string,
): Record<string, unknown> {
  return {
    value: secret.value,
    id: `${url}/secrets/${name}/${secret.version}`,
    attributes: attributesOf(secret),
  };
}

function attributesOf(secret: SecretVersion | undefined): Record<string, unknown> {
  const created = secret?.created;
  return {
    enabled: true,
    created,
    updated: created,
    recoveryLevel: "Recoverable+Purgeable",
    recoverableDays: 90,
  };
}

function notFound(name: string): Answer {
  const message =
    `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be ` +
    "able to recover it using the correct recovery command. For help resolving this issue, please see " +
    "https://go.microsoft.com/fwlink/?linkid=2125182";
  return vaultError(404, "SecretNotFound", message);
}
