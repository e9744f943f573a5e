import canonicalize from "canonicalize";

/**
 * The one text of a JSON value: members sorted, no white space, numbers and strings as ECMAScript writes them (RFC 8785).
 * Members that are `undefined` are left out, as JSON.stringify does.
 * @throws {TypeError} for what JSON cannot say
 */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("no JSON value");
  return text;
}
