import { createHmac, randomBytes, randomUUID } from "node:crypto";

import { isEqualSecret } from "./is-equal-secret.ts";

/** What an access token says, once it is found to be genuine. */
export interface VerifiedToken {
  clientId: string;
}

/** Why a token is refused; `message` is Key Vault's wording and holds nothing of the token. */
export interface RefusedToken {
  refused: string;
}

/** Issues and verifies the access tokens of one run of the platform. */
export interface AccessTokens {
  issue(clientId: string, audience: string): { token: string; expiresOn: number };
  verify(token: string, audience: string): VerifiedToken | RefusedToken;
}

/** The directory (tenant) that local tokens name. */
export const LOCAL_TENANT = "00000000-0000-4000-8000-000000000000";

/**
 * JSON Web Tokens (RFC 7519), signed with a random key that never leaves the process: a token of an earlier run is
 * worth nothing.
 *
 * @param lifetimeSeconds how long a token is valid
 * @param now milliseconds since 1970
 */
export function createAccessTokens(lifetimeSeconds: number, now: () => number): AccessTokens {
  const key = randomBytes(32);
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url");

  return {
    issue(clientId, audience) {
      const issuedAt = Math.floor(now() / 1000);
      const expiresOn = issuedAt + lifetimeSeconds;
      const content = `${HEADER}.${encode(claims(clientId, audience, issuedAt, expiresOn))}`;
      return { token: `${content}.${sign(content)}`, expiresOn };
    },
    verify(token, audience) {
      const parts = token.split(".");
      const [header, payload, signature] = parts;
      if (parts.length !== 3 || header !== HEADER || !payload || !signature) return { refused: MALFORMED };
      if (!isEqualSecret(sign(`${header}.${payload}`), signature)) return { refused: BAD_SIGNATURE };
      return checkClaims(JSON.parse(Buffer.from(payload, "base64url").toString()), audience, now() / 1000);
    },
  };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The only header that is accepted: a token cannot choose its own algorithm. */
const HEADER = encode({ alg: "HS256", typ: "JWT" });

const MALFORMED = "AKV10001: Unable to parse JWT token.";
const BAD_SIGNATURE = "AKV10015: Error validating the token: its signature is invalid.";
const EXPIRED = "[TokenExpired] Error validating token: 'S2S12086'.";
const wrongAudience = (expected: string) => `AKV10022: Invalid audience. Expected ${expected}.`;

function claims(
  clientId: string,
  audience: string,
  issuedAt: number,
  expiresOn: number,
): Record<string, unknown> {
  return {
    aud: audience,
    iss: `https://sts.windows.net/${LOCAL_TENANT}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresOn,
    appid: clientId,
    oid: clientId,
    sub: clientId,
    tid: LOCAL_TENANT,
    idtyp: "app",
    uti: randomUUID(),
    ver: "1.0",
  };
}

function checkClaims(content: unknown, audience: string, seconds: number): VerifiedToken | RefusedToken {
  if (!isTokenContent(content)) return { refused: MALFORMED };
  if (content.exp <= seconds || content.nbf > seconds) return { refused: EXPIRED };
  if (content.aud !== audience) return { refused: wrongAudience(audience) };
  return { clientId: content.appid };
}

function isTokenContent(value: unknown): value is { aud: string; exp: number; nbf: number; appid: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "aud" in value &&
    typeof value.aud === "string" &&
    "exp" in value &&
    typeof value.exp === "number" &&
    "nbf" in value &&
    typeof value.nbf === "number" &&
    "appid" in value &&
    typeof value.appid === "string"
  );
}
