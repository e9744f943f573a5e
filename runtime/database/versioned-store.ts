import { BSON } from "mongodb";
import type { Collection, Filter, FindCursor, Sort, WithId } from "mongodb";
import { requireMatch } from "../etag.ts";
import type { Versioned } from "../etag.ts";
import { problem } from "../problem/problem.ts";
import type { Page, PageRequest } from "../paging.ts";
import { withThrottling } from "./throttling.ts";

/** What every stored resource has. Once `deletedAt` is set, the document is a tombstone and holds nothing else. */
export interface StoredResource extends Versioned {
  /** The resource's id. */
  readonly _id: string;
  readonly lastUpdated: Date;
  readonly deletedAt?: Date;
  /** The form of the document. */
  readonly _schema: number;
}

/** Resources of one collection, each with a version: reads, and writes that never lose an update. */
export interface VersionedStore<Stored extends StoredResource> {
  find(filter: Filter<Stored>): Promise<Stored | null>;
  /** In the order of creation. */
  page(filter: Filter<Stored>, request: PageRequest): Promise<Page<Stored>>;
  insert(resource: Stored): Promise<Stored>;
  /**
   * Replaces the resource by what `change` makes of it, if nobody else has changed it meanwhile; when somebody has, it is
   * read and tried again, unless the client named a version.
   * @returns the new version, or `null` when there is no such resource
   * @throws {Problem} `precondition-failed` when `ifMatch` names another version, `database-unavailable` when too many
   * write to it at once
   */
  replace(
    filter: Filter<Stored>,
    ifMatch: string | undefined,
    change: (current: Stored) => Stored,
  ): Promise<Stored | null>;
}

/** Of writers that race for one resource, each round lets one through: this many may race. */
const MAX_TRIES = 256;

/** @param deadlineMs how long throttled operations may be tried again, in milliseconds */
export function versionedStore<Stored extends StoredResource>(
  collection: Collection<Stored>,
  deadlineMs = 3_000,
): VersionedStore<Stored> {
  const run = <T>(operation: () => Promise<T>) => withThrottling(operation, { deadlineMs });
  const find = (filter: Filter<Stored>) =>
    run(() => collection.findOne(alive(filter))).then(asStored<Stored>);
  return {
    find,
    async page(filter, request) {
      const from = request.after === undefined ? filter : { $and: [filter, { _id: { $gt: request.after } }] };
      const found = () =>
        collection
          .find(alive(from as Filter<Stored>))
          .sort(BY_ID)
          .limit(request.limit + 1);
      return run(() => readPage(found().map(asPresent<Stored>), request));
    },
    async insert(resource) {
      await run(() => collection.insertOne(resource as never));
      return resource;
    },
    async replace(filter, ifMatch, change) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const current = await find(filter);
        if (!current) return null;
        requireMatch(ifMatch, current);
        const next = change(current);
        const unchanged = { ...filter, version: current.version } as Filter<Stored>;
        const { matchedCount } = await run(() => collection.replaceOne(alive(unchanged), next as never));
        if (matchedCount === 1) return next;
      }
      throw problem("database-unavailable", { retryAfter: 1 });
    },
  };
}

const BY_ID: Sort = { _id: 1 };

/** A page ends early when it grows large: what it holds is bounded by items only, and items may be. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

async function readPage<Stored extends StoredResource>(
  found: FindCursor<Stored>,
  { limit }: PageRequest,
): Promise<Page<Stored>> {
  const items: Stored[] = [];
  let bytes = 0;
  for await (const item of found) {
    bytes += BSON.calculateObjectSize(item);
    if (items.length === limit || (items.length > 0 && bytes > MAX_PAGE_BYTES)) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}

function alive<Stored>(filter: Filter<Stored>): Filter<Stored> {
  return { ...filter, deletedAt: { $exists: false } };
}

function asStored<Stored>(document: WithId<Stored> | null): Stored | null {
  return document as Stored | null;
}

function asPresent<Stored>(document: WithId<Stored>): Stored {
  return document as Stored;
}
