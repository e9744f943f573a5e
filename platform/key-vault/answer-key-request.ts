import { SECRET_NAME, type VaultContext, type VaultRequest } from "./answer-vault-request.ts";
import { vaultError, type Answer } from "./answer.ts";
import { authenticate, forbidden, refuseApiVersion } from "./authenticate.ts";
import type { Identity } from "./identities.ts";
import type { KeyVersion } from "./key-store.ts";
import { BadParameter } from "./bad-parameter.ts";
import { readBody, readBoolean, readMembers } from "./read-members.ts";

/**
 * The part of Key Vault's keys interface that a register needs: get (current or one version), sign with ES256, and for the
 * operator create, rotate, list versions, and enable or disable one. The private key is never answered.
 *
 * @throws BadParameter for a change that cannot be used
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/operation-groups
 */
export async function answerKeyRequest(request: VaultRequest, vault: VaultContext): Promise<Answer> {
  const identity = authenticate(request.authorization, vault);
  if (!("grants" in identity)) return identity;
  const wrongVersion = refuseApiVersion(request.query);
  if (wrongVersion) return wrongVersion;
  const [name = "", second, third, ...rest] = request.segments;
  if (rest.length > 0) return vaultError(404, "NotFound", "The requested resource was not found.");
  if (!SECRET_NAME.test(name))
    return vaultError(400, "BadParameter", "The request URI contains an invalid name.");
  if (request.method === "GET" && second === "versions" && third === undefined)
    return listVersions(identity, name, vault);
  if (request.method === "GET" && third === undefined) return getKey(identity, name, second, vault);
  if (request.method === "PATCH" && second !== undefined && third === undefined)
    return updateKey(identity, { name, version: second }, request, vault);
  if (request.method !== "POST")
    return vaultError(405, "BadParameter", "The method is not supported by this resource.");
  if (second !== undefined && third === "sign")
    return signDigest(identity, { name, version: second }, request, vault);
  if (third !== undefined) return vaultError(404, "NotFound", "The requested resource was not found.");
  return createKey(identity, name, second, request, vault);
}

function getKey(identity: Identity, name: string, version: string | undefined, vault: VaultContext): Answer {
  if (!mayUse(identity, name)) return forbidden(identity, "keys/read");
  const found = vault.keys.get(name, version === "" ? undefined : version);
  return found ? { status: 200, body: bundleOf(found, vault.url) } : notFound(name);
}

function listVersions(identity: Identity, name: string, vault: VaultContext): Answer {
  if (!identity.grants.has("*")) return forbidden(identity, "keys/read");
  const value = vault.keys.versions(name).map((version) => ({
    kid: idOf(version, vault.url),
    attributes: attributesOf(version),
  }));
  return { status: 200, body: { value, nextLink: null } };
}

/** What may be changed of a key here: whether a version of it signs. Without a version it is the current one. */
async function updateKey(
  identity: Identity,
  { name, version }: { name: string; version: string },
  request: VaultRequest,
  vault: VaultContext,
): Promise<Answer> {
  if (!identity.grants.has("*")) return forbidden(identity, "keys/update/action");
  const { attributes } = readBody(await request.readBody(), ["attributes"]);
  const enabled = readBoolean(
    "attributes.enabled",
    readMembers("attributes", attributes, ["enabled"]).enabled,
  );
  if (enabled === undefined) throw new BadParameter("Expected attributes.enabled.");
  const updated = vault.keys.enable(name, version === "" ? undefined : version, enabled);
  return updated ? { status: 200, body: bundleOf(updated, vault.url) } : notFound(name);
}

async function signDigest(
  identity: Identity,
  { name, version }: { name: string; version: string },
  request: VaultRequest,
  vault: VaultContext,
): Promise<Answer> {
  if (!mayUse(identity, name)) return forbidden(identity, "keys/sign/action");
  const digest = digestOf(await request.readBody());
  if (!digest)
    return vaultError(
      400,
      "BadParameter",
      'The body must be {"alg": "ES256", "value": "<32 bytes, base64url>"}.',
    );
  if (vault.keys.get(name, version)?.enabled === false)
    return vaultError(403, "Forbidden", "Operation sign is not allowed on a disabled key.", "KeyDisabled");
  const signature = vault.keys.sign(name, version, digest);
  if (!signature) return notFound(name);
  return {
    status: 200,
    body: { kid: `${vault.url}/keys/${name}/${version}`, value: signature.toString("base64url") },
  };
}

/** `create` makes the first version or another; `rotate` wants one to be there. */
async function createKey(
  identity: Identity,
  name: string,
  action: string | undefined,
  request: VaultRequest,
  vault: VaultContext,
): Promise<Answer> {
  if (action !== "create" && action !== "rotate")
    return vaultError(404, "NotFound", "The requested resource was not found.");
  if (!identity.grants.has("*")) return forbidden(identity, `keys/${action}/action`);
  if (action === "rotate" && !vault.keys.get(name)) return notFound(name);
  if (action === "create" && !isP256(await request.readBody()))
    return vaultError(
      400,
      "BadParameter",
      'The body must be {"kty": "EC", "crv": "P-256"}; the local vault makes no other key.',
    );
  return { status: 200, body: bundleOf(vault.keys.create(name), vault.url) };
}

function mayUse({ grants, keys }: Identity, name: string): boolean {
  return grants.has("*") || keys.has(name.toLowerCase());
}

function digestOf(text: string | undefined): Buffer | undefined {
  const { alg, value } = parse(text);
  if (alg !== "ES256" || typeof value !== "string" || !/^[\w-]+$/.test(value)) return undefined;
  const digest = Buffer.from(value, "base64url");
  return digest.length === 32 ? digest : undefined;
}

function isP256(text: string | undefined): boolean {
  const { kty, crv } = parse(text);
  return kty === "EC" && crv === "P-256";
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function bundleOf(version: KeyVersion, url: string): Record<string, unknown> {
  return {
    key: { kid: idOf(version, url), key_ops: ["sign", "verify"], ...version.jwk },
    attributes: attributesOf(version),
  };
}

function idOf({ name, version }: KeyVersion, url: string): string {
  return `${url}/keys/${name}/${version}`;
}

function attributesOf({ enabled, created, updated }: KeyVersion): Record<string, unknown> {
  const retention = { recoveryLevel: "Recoverable+Purgeable", recoverableDays: 90 };
  return { enabled, created, updated, ...retention, exportable: false };
}

function notFound(name: string): Answer {
  return vaultError(
    404,
    "KeyNotFound",
    `A key with (name/id) ${name} was not found in this key vault. If you recently deleted this key you may be able to ` +
      "recover it using the correct recovery command. For help resolving this issue, please see " +
      "https://go.microsoft.com/fwlink/?linkid=2125182",
  );
}
