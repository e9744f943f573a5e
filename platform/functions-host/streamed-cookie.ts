/**
 * Writes a handler's cookie as the value of `Set-Cookie`, the way the library does it for an app that enables HTTP
 * streams: no host stands behind it there that would add a path.
 *
 * @throws TypeError for what is no cookie, or would end an attribute early
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1
 */
export function serializeStreamedCookie(cookie: unknown): string {
  if (!isRecord(cookie) || typeof cookie.name !== "string" || typeof cookie.value !== "string") {
    throw new TypeError("a cookie has no name or no value");
  }
  if (!TOKEN.test(cookie.name)) throw new TypeError("the name of a cookie is no token");
  const { maxAge, domain, path, expires, httpOnly, secure, sameSite } = cookie;
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  if (typeof maxAge === "number") parts.push(`Max-Age=${Math.floor(maxAge)}`);
  if (typeof domain === "string") parts.push(`Domain=${attribute(domain)}`);
  if (typeof path === "string") parts.push(`Path=${attribute(path)}`);
  const time = expires instanceof Date || typeof expires === "number" ? new Date(expires) : undefined;
  if (time) parts.push(`Expires=${time.toUTCString()}`);
  if (httpOnly === true) parts.push("HttpOnly");
  if (secure === true) parts.push("Secure");
  if (typeof sameSite === "string") parts.push(`SameSite=${attribute(sameSite)}`);
  return parts.join("; ");
}

/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+.^`|~\w-]+$/;

function attribute(value: string): string {
  if (/[;\p{Cc}]/u.test(value)) throw new TypeError("an attribute of a cookie would end early");
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
