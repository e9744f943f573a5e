import { createHmac, timingSafeEqual } from "node:crypto";
import type { KeyRing } from "./secrets/key-ring.ts";
import { problem } from "./problem/problem.ts";

/** Where a page of a list starts and how much it holds. */
export interface PageRequest {
  /** Between 1 and 1,000. */
  readonly limit: number;
  /** The id of the last item of the page before; `undefined` for the first page. */
  readonly after: string | undefined;
}

/** A page that was read, and whether there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

export interface CursorOptions {
  /** The first signs cursors; one that any of them signed is taken. */
  readonly keys: KeyRing;
  /** What the list is of: a cursor of one list is refused by another. */
  readonly list: string;
  /** What the list was asked for: a cursor belongs to its criteria. */
  readonly criteria?: Readonly<Record<string, unknown>>;
}

const DEFAULT_LIMIT = 100;

/**
 * Reads `limit` and `cursor` of a list. A cursor is opaque, signed, and holds nothing but the id of an item.
 * @throws {Problem} `cursor-invalid` for a cursor that this list did not make
 */
export function pageRequest(
  query: { readonly limit?: number; readonly cursor?: string },
  options: CursorOptions,
): PageRequest {
  return {
    limit: query.limit ?? DEFAULT_LIMIT,
    after: query.cursor === undefined ? undefined : readCursor(query.cursor, options),
  };
}

/**
 * Cuts what was read to the page that was asked for.
 * @param read up to one item more than the page holds
 */
export function pageOf<Item>(read: readonly Item[], { limit }: PageRequest): Page<Item> {
  return { items: read.slice(0, limit), more: read.length > limit };
}

/**
 * The `Link` header of a page (RFC 8288), relative to the gateway's root; `undefined` on the last page.
 * @param path of the list
 * @param query what the list was asked for besides the page
 */
export function nextLink(
  {
    path,
    query = {},
    lastId,
  }: { path: string; query?: Readonly<Record<string, unknown>>; lastId: string | undefined },
  { limit }: PageRequest,
  options: CursorOptions,
): string | undefined {
  if (lastId === undefined) return undefined;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === "string" || typeof value === "number") parameters.set(name, String(value));
  }
  parameters.set("limit", String(limit));
  parameters.set("cursor", makeCursor(lastId, options));
  return `<${path}?${parameters.toString()}>; rel="next"`;
}

function makeCursor(id: string, options: CursorOptions): string {
  return signed(id, options.keys[0], options);
}

function signed(id: string, key: string, options: CursorOptions): string {
  return `${Buffer.from(id).toString("base64url")}.${signature(id, key, options).toString("base64url")}`;
}

/** Compares the whole text: base64 can be written in several ways, and only one of them is ours. */
function readCursor(cursor: string, options: CursorOptions): string {
  const [payload = ""] = cursor.split(".", 1);
  const id = Buffer.from(payload, "base64url").toString();
  const sent = Buffer.from(cursor);
  const isOurs = options.keys.some((key) => {
    const expected = Buffer.from(signed(id, key, options));
    return sent.length === expected.length && timingSafeEqual(sent, expected);
  });
  if (!isOurs) throw problem("cursor-invalid");
  return id;
}

function signature(id: string, key: string, { list, criteria = {} }: CursorOptions): Buffer {
  const asked = JSON.stringify(Object.entries(criteria).sort(([one], [other]) => (one < other ? -1 : 1)));
  return createHmac("sha256", key).update(`cursor\0${list}\0${asked}\0${id}`).digest().subarray(0, 16);
}
