import type { HttpAnswer } from "./http-answer.ts";

/**
 * Turns the plain results that nearly all handlers return (a status, plain headers, a string, bytes or JSON) into an
 * answer without a native `Response` between them.
 *
 * @returns `undefined` for anything else, errors included: the library's model judges those
 */
export function toDirectAnswer(result: unknown): HttpAnswer | undefined {
  if (!isPlainObject(result)) return undefined;
  const { status = 200, headers, cookies, enableContentNegotiation } = result;
  if (!isStatus(status) || (cookies !== undefined && !isEmptyList(cookies))) return undefined;
  if (enableContentNegotiation !== undefined && enableContentNegotiation !== false) return undefined;
  const fields = toFields(headers);
  const content = toContent(status, result);
  if (!fields || !content) return undefined;
  if (content.type !== undefined) fields["content-type"] ??= content.type;
  return { status, headers: fields, cookies: [], body: content.body };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What the native `Response` accepts. */
function isStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 200 && value <= 599;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Header fields with names in lower case; `undefined` when a native `Headers` would change, join or refuse one. */
function toFields(headers: unknown): Record<string, string> | undefined {
  const fields: Record<string, string> = {};
  if (headers === undefined) return fields;
  if (!isPlainObject(headers)) return undefined;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    const field = name.toLowerCase();
    if (typeof value !== "string" || !VALUE.test(value) || !NAME.test(field) || field in fields)
      return undefined;
    fields[field] = value;
  }
  return fields;
}

/** A token of RFC 9110, 5.6.2; `__proto__` and the like are left to the library. */
const NAME = /^[!#$%&'*+.^`|~0-9a-z-]+$/;
/** Visible characters, with no white space at either end. */
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/** Statuses that the native `Response` has no body for. */
const BODILESS = new Set([204, 205, 304]);

function toContent(
  status: number,
  { jsonBody, body }: Record<string, unknown>,
): { body: string | Uint8Array; type?: string } | undefined {
  // A body that nobody will read may be a stream, whose source has to be told.
  if (BODILESS.has(status)) return typeof body === "object" && body !== null ? undefined : { body: "" };
  if (jsonBody !== undefined && jsonBody !== null) {
    // A function or a symbol has no JSON text, which the type of `stringify` does not say.
    const text: unknown = JSON.stringify(jsonBody);
    return typeof text === "string" ? { body: text, type: "application/json" } : undefined;
  }
  if (body === undefined || body === null) return { body: "" };
  if (typeof body === "string") return { body, type: "text/plain;charset=UTF-8" };
  return body instanceof Uint8Array ? { body } : undefined;
}
