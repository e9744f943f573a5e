import { LOCAL_TENANT } from "./access-tokens.ts";
import { VAULT_RESOURCE } from "./answer-identity-request.ts";
import { vaultError, type Answer } from "./answer.ts";
import type { VaultContext } from "./answer-vault-request.ts";
import type { Identity } from "./identities.ts";

/** The identity that a token of the vault's audience is for, or Key Vault's 401. */
export function authenticate(authorization: string | undefined, vault: VaultContext): Identity | Answer {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return unauthorized("AKV10000: Request is missing a Bearer or PoP token.");
  const verified = vault.tokens.verify(token, VAULT_RESOURCE);
  if ("refused" in verified) return unauthorized(verified.refused, 'error="invalid_token"');
  return vault.identities.byClientId(verified.clientId) ?? unauthorized("AKV10032: Invalid issuer.");
}

/** Key Vault's 403 for an identity that is not granted an action, such as `keys/sign/action`. */
export function forbidden({ clientId }: Identity, action: string): Answer {
  const message =
    "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role " +
    "definitions were changed recently, please observe propagation time.\r\n" +
    `Caller: appid=${clientId};oid=${clientId}\r\n` +
    `Action: 'Microsoft.KeyVault/vaults/${action}'\r\nAssignment: (not found)\r\n`;
  return vaultError(403, "Forbidden", message, "ForbiddenByRbac");
}

/** Key Vault's 400 for a version of the interface that it does not know; `undefined` for one that it knows. */
export function refuseApiVersion(query: URLSearchParams): Answer | undefined {
  const version = query.get("api-version");
  if (API_VERSIONS.has(version ?? "")) return undefined;
  const message =
    version === null
      ? "api-version must be specified"
      : `The specified version is not recognized. Consider using the latest supported version (${LATEST}).`;
  return vaultError(400, "BadParameter", message);
}

const LATEST = "7.6";
const API_VERSIONS = new Set(["2016-10-01", "7.0", "7.1", "7.2", "7.3", "7.4", "7.5", LATEST, "2025-07-01"]);

/** The challenge that Key Vault's clients read their authority and resource from. */
function unauthorized(message: string, reason?: string): Answer {
  const challenge = `Bearer authorization="https://login.microsoftonline.com/${LOCAL_TENANT}", resource="${VAULT_RESOURCE}"`;
  const headers = { "www-authenticate": reason === undefined ? challenge : `${challenge}, ${reason}` };
  return { ...vaultError(401, "Unauthorized", message), headers };
}
