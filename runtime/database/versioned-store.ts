import { BSON } from "mongodb";
import type { Collection, Filter, FindCursor, Sort, WithId } from "mongodb";
import { requireMatch } from "../etag.ts";
import type { Versioned } from "../etag.ts";
import { problem } from "../problem/problem.ts";
import type { Page, PageRequest } from "../paging.ts";
import { failpoint } from "../failpoint.ts";
import { marksAfter, marksIn } from "./access-marks.ts";
import type { Marked } from "./access-marks.ts";
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

/**
 * @param accessId the access that these reads and writes belong to: each document says which access wrote its versions
 * @param deadlineMs how long throttled operations may be tried again, in milliseconds
 */
export function versionedStore<Stored extends StoredResource>(
  collection: Collection<Stored>,
  accessId: string,
  deadlineMs = 3_000,
): VersionedStore<Stored> {
  const run = <T>(operation: () => Promise<T>) => withThrottling(operation, { deadlineMs });
  const findMarked = (filter: Filter<Stored>) =>
    run(() => collection.findOne(alive(filter))).then(asMarked<Stored>);
  const write = <T>(operation: () => Promise<T>) =>
    run(async () => {
      failpoint("before-write");
      const result = await operation();
      failpoint("after-write");
      return result;
    });
  return {
    find: async (filter) => (await findMarked(filter))?.stored ?? null,
    async page(filter, request) {
      const from = request.after === undefined ? filter : { $and: [filter, { _id: { $gt: request.after } }] };
      const found = () =>
        collection
          .find(alive(from as Filter<Stored>))
          .sort(BY_ID)
          .limit(request.limit + 1);
      return run(() => readPage(found().map(asStored<Stored>), request));
    },
    async insert(resource) {
      const accesses = marksAfter({}, { accessId, version: resource.version });
      await write(() => collection.insertOne({ ...resource, accesses } as never));
      return resource;
    },
    async replace(filter, ifMatch, change) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const current = await findMarked(filter);
        if (!current) return null;
        const { stored, marked } = current;
        requireMatch(ifMatch, stored);
        const next = change(stored);
        const accesses = marksAfter(marked, { accessId, version: next.version });
        const unchanged = { ...filter, version: stored.version } as Filter<Stored>;
        const { matchedCount } = await write(() =>
          collection.replaceOne(alive(unchanged), { ...next, accesses }),
        );
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

/** A document, and apart from it the marks that handlers do not see. */
interface MarkedDocument<Stored> {
  readonly stored: Stored;
  readonly marked: Marked;
}

function asMarked<Stored>(document: WithId<Stored> | null): MarkedDocument<Stored> | null {
  if (!document) return null;
  return { stored: asStored(document), marked: marksIn(document) };
}

function asStored<Stored>(document: WithId<Stored>): Stored {
  const { accesses: _marks, ...stored } = document as WithId<Stored> & Marked;
  // Everything that the store writes was a `Stored`.
  return stored as Stored;
}
