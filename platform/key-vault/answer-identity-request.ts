import type { AccessTokens } from "./access-tokens.ts";
import type { Answer } from "./answer.ts";
import type { Identities, Identity } from "./identities.ts";

/** The audience of every token that the vault accepts. */
export const VAULT_RESOURCE = "https://vault.azure.net";

/** The audience of every token that the blob storage accepts. */
export const STORAGE_RESOURCE = "https://storage.azure.com";

/** The audience of every token that the resource manager accepts. */
export const MANAGEMENT_RESOURCE = "https://management.azure.com";

const RESOURCES = [VAULT_RESOURCE, STORAGE_RESOURCE, MANAGEMENT_RESOURCE];

/**
 * `GET /msi/token`: App Service's identity endpoint, protocol 2019-08-01, for the resources that exist locally.
 *
 * 401 without `X-IDENTITY-HEADER`, 403 with one that stands for no identity, 400 for anything else that is wrong.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export function answerIdentityRequest(
  request: { method: string; query: URLSearchParams; identityHeader: string | undefined },
  identities: Identities,
  tokens: AccessTokens,
): Answer {
  if (request.method !== "GET") return refusal(405, "Only GET is supported.");
  if (!request.identityHeader) return refusal(401, "The header X-IDENTITY-HEADER is missing.");
  const identity = identities.byHeader(request.identityHeader);
  if (!identity) return refusal(403, "The header X-IDENTITY-HEADER is invalid.");
  return checkQuery(request.query, identity) ?? issueToken(request.query, identity, tokens);
}

function checkQuery(query: URLSearchParams, identity: Identity): Answer | undefined {
  if (query.get("api-version") !== "2019-08-01") {
    return refusal(400, "The query parameter api-version must be 2019-08-01.");
  }
  const resource = query.get("resource");
  if (!resource) return refusal(400, "The query parameter resource is missing.");
  if (!RESOURCES.includes(withoutSlash(resource))) {
    return refusal(400, `The resource is unknown; the local platform knows ${RESOURCES.join(", ")}.`);
  }
  const wanted = USER_ASSIGNED.map((name) => query.get(name)).find((value) => value !== null);
  if (wanted === undefined || wanted === identity.clientId) return undefined;
  return refusal(
    400,
    "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
  );
}

/** Parameters that choose a user-assigned identity; the local identities are system-assigned, so only their own id does. */
const USER_ASSIGNED = ["client_id", "principal_id", "mi_res_id", "object_id"];

function issueToken(query: URLSearchParams, identity: Identity, tokens: AccessTokens): Answer {
  const { token, expiresOn } = tokens.issue(identity.clientId, withoutSlash(query.get("resource") ?? ""));
  const body = {
    access_token: token,
    expires_on: String(expiresOn),
    resource: query.get("resource"),
    token_type: "Bearer",
    client_id: identity.clientId,
  };
  return { status: 200, body, headers: { "cache-control": "no-store" } };
}

function withoutSlash(resource: string): string {
  return resource.endsWith("/") ? resource.slice(0, -1) : resource;
}

function refusal(statusCode: number, message: string): Answer {
  return { status: statusCode, body: { statusCode, message } };
}
