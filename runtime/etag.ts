import { problem } from "./problem/problem.ts";

/** What has a version: it starts at 1 and grows by one with each change. */
export interface Versioned {
  readonly version: number;
}

/** The entity tag of a version (RFC 9110, 8.8.3), `"3"`. */
export function etagOf({ version }: Versioned): string {
  return `"${version}"`;
}

/**
 * Holds a resource against `If-Match` (RFC 9110, 13.1.1: strong comparison).
 * @param ifMatch the header, `undefined` when it was not sent
 * @throws {Problem} `precondition-failed` when the header names other versions
 */
export function requireMatch(ifMatch: string | undefined, current: Versioned): void {
  if (ifMatch !== undefined && !lists(ifMatch, etagOf(current))) {
    throw problem("precondition-failed");
  }
}

/** Whether `If-None-Match` says that the client has this version (RFC 9110, 13.1.2: weak comparison). */
export function isCurrent(ifNoneMatch: string | undefined, current: Versioned): boolean {
  return ifNoneMatch !== undefined && lists(ifNoneMatch, etagOf(current), /^W\//);
}

/** @param ignored what may stand before an entity tag without making it another */
function lists(header: string, etag: string, ignored = /^/): boolean {
  if (header.trim() === "*") return true;
  return header.split(",").some((one) => one.trim().replace(ignored, "") === etag);
}
