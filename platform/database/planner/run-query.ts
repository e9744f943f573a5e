import { CommandError } from "../errors.ts";
import { sortKey } from "../query/document-keys.ts";
import type { Filter } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import type { KeyField } from "../query/parse-sort.ts";
import type { Collection } from "../store/collection.ts";
import type { DocumentStore, StoredRecord } from "../store/document-store.ts";
import { readRange, readRecords } from "../store/read-records.ts";
import type { Document } from "../values/document.ts";
import { decodeDocument } from "../values/document.ts";
import { sliceLazily } from "./lazy.ts";
import type { Plan } from "./plan-query.ts";
import { planQuery } from "./plan-query.ts";

/** A query on one collection. */
export interface Query {
  readonly filter: Filter;
  readonly sort: readonly KeyField[];
  readonly hint?: unknown;
  readonly skip: number;
  /** 0 for no limit. */
  readonly limit: number;
}

/** A document that a query found. */
export interface Match extends StoredRecord {
  readonly document: Document;
}

/** What a query looked at, for explain. */
export interface Examined {
  keys: number;
  documents: number;
}

/** What MongoDB allows an in-memory sort, in bytes. */
const maxSortBytes = 100 * 1024 * 1024;

/**
 * Finds documents, in order, one by one as the caller takes them.
 *
 * @throws {CommandError} `QueryExceededMemoryLimitNoDiskUseAllowed` when more than 100 MB would have to be sorted
 */
export function runQuery(
  store: DocumentStore,
  collection: Collection | undefined,
  query: Query,
): Iterable<Match> {
  if (!collection) return [];
  return executePlan(store, collection, query, planQuery(collection, query.filter, query.sort, query.hint));
}

/** As {@link runQuery}, by a plan that is given. */
export function executePlan(
  store: DocumentStore,
  collection: Collection,
  { filter, sort, skip, limit }: Query,
  plan: Plan,
  examined: Examined = { keys: 0, documents: 0 },
): Iterable<Match> {
  const found = findMatches(store, collection, filter, plan, examined);
  return sliceLazily(plan.sorted ? found : sorted(found, sort), skip, limit === 0 ? Infinity : limit);
}

function* findMatches(
  store: DocumentStore,
  collection: Collection,
  filter: Filter,
  plan: Plan,
  examined: Examined,
): Generator<Match> {
  for (const record of scan(store, collection, plan, examined)) {
    examined.documents++;
    const document = decodeDocument(record.bytes);
    if (matches(document, filter)) yield { ...record, document };
  }
}

/** An index that met arrays has several entries for a document, which is to come once. */
function* scan(
  { file }: DocumentStore,
  collection: Collection,
  { index, ranges, reverse }: Plan,
  examined: Examined,
): Generator<StoredRecord> {
  if (!index) {
    yield* readRecords(file, collection);
    return;
  }
  const seen = index.multikey ? new Set<number>() : undefined;
  for (const range of reverse ? ranges.toReversed() : ranges) {
    for (const record of readRange(file, collection, index, range, reverse)) {
      examined.keys++;
      if (seen?.has(record.rid)) continue;
      seen?.add(record.rid);
      yield record;
    }
  }
}

/** Stable: documents of one key keep the order in which they were found. */
function sorted(found: Iterable<Match>, sort: readonly KeyField[]): Match[] {
  let bytes = 0;
  const keyed = Array.from(found, (match) => {
    bytes += match.bytes.byteLength;
    if (bytes > maxSortBytes) {
      throw new CommandError(
        "QueryExceededMemoryLimitNoDiskUseAllowed",
        "Sort exceeded memory limit of 104857600 bytes",
      );
    }
    return { match, key: sortKey(match.document, sort) };
  });
  keyed.sort((left, right) => Buffer.compare(left.key, right.key));
  return keyed.map(({ match }) => match);
}
