import { createHmac } from "node:crypto";
import type { SearchTerm } from "./audit-record.ts";

/**
 * The criteria of a search as the register may hold them: each field's name, and an HMAC-SHA-256 of its value under the
 * service's own key, so that two searches for the same value can be seen to be the same, and no value can be read.
 * @param criteria a validated body; a member that is not text, a number or a boolean is left out
 */
export function searchTerms(criteria: unknown, key: string): readonly SearchTerm[] {
  if (typeof criteria !== "object" || criteria === null) return [];
  return Object.entries(criteria).flatMap(([field, value]: [string, unknown]) =>
    isPlain(value) ? [{ field, hash: hash(field, String(value), key) }] : [],
  );
}

function isPlain(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function hash(field: string, value: string, key: string): string {
  return createHmac("sha256", key).update(`${field}\0${value}`).digest("base64url");
}
