/**
 * The user that App Service or Static Web Apps signed in, as the library reads it from the headers that they add.
 *
 * @returns `null` when nobody is signed in, or the header is malformed
 * @throws Error when App Service's own headers are incomplete
 * @see https://learn.microsoft.com/javascript/api/@azure/functions/httprequestuser
 */
export function readSignedInUser(headers: Headers): object | null {
  const claims = parse(headers.get("x-ms-client-principal"));
  if (!claims) return null;
  const { identityProvider, userId: id, userDetails: username } = claims;
  if (identityProvider)
    return { type: "StaticWebApps", id, username, identityProvider, claimsPrincipalData: claims };
  return {
    type: "AppService",
    id: required(headers, "id"),
    username: required(headers, "name"),
    identityProvider: required(headers, "idp"),
    claimsPrincipalData: claims,
  };
}

function parse(principal: string | null): Record<string, unknown> | undefined {
  if (!principal) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(principal, "base64").toString());
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

function required(headers: Headers, part: string): string {
  const value = headers.get(`x-ms-client-principal-${part}`);
  if (value === null) throw new Error(`the header x-ms-client-principal-${part} is missing`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
