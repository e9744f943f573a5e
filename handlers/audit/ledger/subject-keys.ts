import { createHmac, randomBytes } from "node:crypto";
import type { Collection, Db } from "mongodb";
import type { CollectionDeclaration } from "../../../runtime/database/collections.ts";
import { withThrottling } from "../../../runtime/database/throttling.ts";
import { insertNew } from "./insert-new.ts";

/** The keys that people's ids are stored under: who deletes one has erased the person from the register. */
export const subjectKeyCollection = {
  name: "subject-keys",
  shardKey: "_id",
  indexes: [],
} as const satisfies CollectionDeclaration;

/** Keys of subjects, by their references. */
export interface SubjectKeys {
  /** The keys of all of these; one that is not there is made, durably. */
  obtain(references: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>;
  /** Those of these keys that are there. */
  find(references: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>;
  /** Deletes keys; other processes may know them for up to 30 s more. @returns how many there were */
  erase(references: readonly string[]): Promise<number>;
}

/** What a subject's ids are sealed with. */
export interface SubjectKey {
  readonly encryption: Buffer;
  readonly iv: Buffer;
}

export interface SubjectKeyOptions {
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed?: () => number;
  /** How many keys are kept in memory. Default: 20,000. */
  readonly maxCached?: number;
}

interface StoredKey {
  /** The subject's reference. */
  readonly _id: string;
  /** 32 random bytes, in base64url. */
  readonly key: string;
  readonly _schema: number;
}

interface CachedKey {
  readonly key: SubjectKey;
  readonly readAt: number;
}

/**
 * What the register calls a subject: it cannot be turned back into the id without the service's hash key.
 * @param id of a patient or a test
 */
export function subjectReference(hashKey: string, id: string): string {
  const digest = createHmac("sha256", hashKey).update(`subject:${id.toLowerCase()}`).digest("base64url");
  return digest.slice(0, 22);
}

const SCHEMA = 1;
const MAX_AGE_MS = 30_000;
const DEADLINE_MS = 1_500;
/** How many keys one query names. */
const MAX_QUERY = 1_000;

/** Keys are kept in memory for 30 s at most, so that an erasure is complete after that. */
export function subjectKeys(db: Db, options: SubjectKeyOptions = {}): SubjectKeys {
  const { elapsed = () => performance.now(), maxCached = 20_000 } = options;
  const stored = db.collection<StoredKey>(subjectKeyCollection.name, { writeConcern: { w: "majority" } });
  const cache = new Map<string, CachedKey>();

  const cached = (reference: string): SubjectKey | undefined => {
    const known = cache.get(reference);
    return known && elapsed() - known.readAt < MAX_AGE_MS ? known.key : undefined;
  };
  const keep = (keys: ReadonlyMap<string, SubjectKey>, readAt: number): void => {
    for (const [reference, key] of keys) {
      // Taken out first, so that the oldest come first in the map's order.
      cache.delete(reference);
      cache.set(reference, { key, readAt });
    }
    for (const reference of cache.keys()) {
      if (cache.size <= maxCached) break;
      cache.delete(reference);
    }
  };
  const get = async (
    references: readonly string[],
    load: (missing: readonly string[]) => Promise<ReadonlyMap<string, SubjectKey>>,
  ): Promise<ReadonlyMap<string, SubjectKey>> => {
    const found = new Map<string, SubjectKey>();
    const missing = new Set<string>();
    for (const reference of references) {
      const key = cached(reference);
      if (key) found.set(reference, key);
      else missing.add(reference);
    }
    if (missing.size === 0) return found;
    const readAt = elapsed();
    const loaded = await load([...missing]);
    keep(loaded, readAt);
    return new Map([...found, ...loaded]);
  };
  const loadShared = gathered((references) => obtainStored(stored, references));

  return {
    obtain: (references) => get(references, loadShared),
    find: (references) => get(references, (missing) => readStored(stored, missing)),
    async erase(references) {
      for (const reference of references) cache.delete(reference);
      const { deletedCount } = await withThrottling(
        () => stored.deleteMany({ _id: { $in: [...references] } }),
        { deadlineMs: DEADLINE_MS },
      );
      for (const reference of references) cache.delete(reference);
      return deletedCount;
    },
  };
}

type Load = (references: readonly string[]) => Promise<ReadonlyMap<string, SubjectKey>>;

/** Has what callers ask for while one load is under way loaded together by the next one. */
function gathered(load: Load): Load {
  let underWay = Promise.resolve();
  let next: { readonly references: Set<string>; readonly loaded: ReturnType<Load> } | undefined;
  return async (references) => {
    if (!next) {
      const asked = new Set<string>();
      const loaded = underWay.then(() => {
        next = undefined;
        return load([...asked]);
      });
      underWay = loaded.then(ignore, ignore);
      next = { references: asked, loaded };
    }
    for (const reference of references) next.references.add(reference);
    const loaded = await next.loaded;
    return new Map(
      references.flatMap((reference) => {
        const key = loaded.get(reference);
        return key ? [[reference, key] as const] : [];
      }),
    );
  };
}

function ignore(): void {
  return undefined;
}

/** A key counts once it has been read back, or its insert was acknowledged: of two that are made at once, one is lost. */
async function obtainStored(
  stored: Collection<StoredKey>,
  references: readonly string[],
): Promise<ReadonlyMap<string, SubjectKey>> {
  const found = await readStored(stored, references);
  const made = references
    .filter((reference) => !found.has(reference))
    .map((reference) => ({ _id: reference, key: randomBytes(32).toString("base64url"), _schema: SCHEMA }));
  if (made.length === 0) return found;
  const count = await withThrottling(() => insertNew(stored, made), { deadlineMs: DEADLINE_MS });
  const missing = made.map(({ _id }) => _id);
  const added =
    count === made.length
      ? new Map(made.map((one) => [one._id, derive(one.key)]))
      : await readStored(stored, missing);
  if (added.size < missing.length) throw new Error("a subject's key was erased while it was made");
  return new Map([...found, ...added]);
}

async function readStored(
  stored: Collection<StoredKey>,
  references: readonly string[],
): Promise<Map<string, SubjectKey>> {
  const found = new Map<string, SubjectKey>();
  for (let from = 0; from < references.length; from += MAX_QUERY) {
    const some = references.slice(from, from + MAX_QUERY);
    const read = () => stored.find({ _id: { $in: some } }).toArray();
    for (const { _id, key } of await withThrottling(read, { deadlineMs: DEADLINE_MS }))
      found.set(_id, derive(key));
  }
  return found;
}

function derive(key: string): SubjectKey {
  const secret = Buffer.from(key, "base64url");
  const derived = (purpose: string) => createHmac("sha256", secret).update(purpose).digest();
  return { encryption: derived("encryption"), iv: derived("iv") };
}
