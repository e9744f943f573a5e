import type { CookieData } from "./core-types.ts";

/**
 * Writes a response cookie as the value of `Set-Cookie`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1
 */
export function serializeCookie(cookie: CookieData): string {
  const parts = [`${encodeURIComponent(cookie.name ?? "")}=${encodeURIComponent(cookie.value ?? "")}`];
  const seconds = cookie.expires?.value?.seconds;
  if (seconds !== undefined) parts.push(`expires=${new Date(seconds * 1000).toUTCString()}`);
  if (cookie.maxAge?.value !== undefined) parts.push(`max-age=${cookie.maxAge.value}`);
  if (cookie.domain) parts.push(`domain=${attribute(cookie.domain.value)}`);
  parts.push(`path=${attribute(cookie.path?.value ?? "/")}`);
  if (cookie.secure?.value) parts.push("secure");
  const sameSite = SAME_SITE[cookie.sameSite ?? "none"];
  if (sameSite) parts.push(`samesite=${sameSite}`);
  if (cookie.httpOnly?.value) parts.push("httponly");
  return parts.join("; ");
}

/** The contract's `none` means that the attribute is absent. */
const SAME_SITE = { none: undefined, lax: "lax", strict: "strict", explicitNone: "none" } as const;

/** Keeps an attribute from ending early. */
function attribute(value: string): string {
  return value.replaceAll(/[;\p{Cc}]/gu, "");
}
