import { CommandError } from "../errors.ts";
import type { Filter } from "../query/filter.ts";
import type { KeyField } from "../query/parse-sort.ts";
import type { Collection, Index } from "../store/collection.ts";
import type { KeyRange } from "../store/read-records.ts";
import { equalValues } from "../values/compare-values.ts";
import { isDocument } from "../values/document.ts";
import { boundsOf } from "./bounds.ts";
import type { Interval } from "./intervals.ts";
import { afterPrefix, inverted } from "./intervals.ts";

/** How a query finds its documents. */
export interface Plan {
  /** The index to scan; without one, the whole collection is read in order of insertion. */
  readonly index: Index | undefined;
  readonly ranges: readonly KeyRange[];
  /** Against the index's order. */
  readonly reverse: boolean;
  /** Whether the documents come in the order asked for, so that nothing is left to sort. */
  readonly sorted: boolean;
}

interface Candidate extends Plan {
  readonly score: number;
}

/** More ranges than this are scanned as one. */
const maxRanges = 20_000;

/**
 * Chooses the index whose leading fields the query bounds best; an index that only gives the order is better than none.
 *
 * @param hint an index's name or key, which is then used whatever the query says
 * @throws {CommandError} `BadValue` for a hint that is no index of the collection
 */
export function planQuery(
  collection: Collection,
  filter: Filter,
  sort: readonly KeyField[],
  hint?: unknown,
): Plan {
  if (hint !== undefined) return candidateOf(hinted(collection, hint), filter, sort);
  const candidates = collection.indexes.map((index) => candidateOf(index, filter, sort));
  const best = candidates.reduce<Candidate | undefined>(
    (left, right) => (left && left.score >= right.score ? left : right),
    undefined,
  );
  if (best && best.score > 0) return best;
  return { index: undefined, ranges: [], reverse: false, sorted: sort.length === 0 };
}

function hinted(collection: Collection, hint: unknown): Index {
  const found = collection.indexes.find(
    ({ name, key }) => hint === name || (isDocument(hint) && equalValues(hint, key)),
  );
  if (found) return found;
  throw new CommandError("BadValue", "hint provided does not correspond to an existing index");
}

/** A field that is equal to one value counts 4, another bound 2, an order that spares the sort 1. */
function candidateOf(index: Index, filter: Filter, sort: readonly KeyField[]): Candidate {
  const bounds = fieldBounds(index, filter);
  const points = bounds.filter((intervals) => intervals.every(({ point }) => point));
  const fixed = new Set(
    index.fields.filter((_, position) => isOneValue(bounds[position])).map(({ name }) => name),
  );
  const order = index.multikey && sort.length > 0 ? undefined : orderOf(index.fields, sort, fixed);
  return {
    index,
    ranges: rangesOf(bounds),
    reverse: order === -1,
    sorted: order !== undefined,
    score:
      points.length * 4 +
      (bounds.length - points.length) * 2 +
      (order !== undefined && sort.length > 0 ? 1 : 0),
  };
}

/** The bounds of the leading fields: equalities, and the first range after them. */
function fieldBounds(index: Index, filter: Filter): Interval[][] {
  const bounds: Interval[][] = [];
  for (const { path, direction } of index.multikey ? index.fields.slice(0, 1) : index.fields) {
    const found = boundsOf(filter, path, index.multikey);
    if (!found) break;
    bounds.push(direction === 1 ? found : inverted(found));
    if (!found.every(({ point }) => point)) break;
  }
  return bounds;
}

function isOneValue(intervals: Interval[] | undefined): boolean {
  return intervals?.length === 1 && intervals[0]?.point === true;
}

/** Which way the index gives the order of `sort`; `undefined` when it does not. Fields of one value order nothing. */
function orderOf(
  fields: readonly KeyField[],
  sort: readonly KeyField[],
  fixed: ReadonlySet<string>,
): 1 | -1 | undefined {
  const wanted = sort.filter(({ name }) => !fixed.has(name));
  const given = fields.filter(({ name }) => !fixed.has(name));
  const directions = wanted.map(({ name, direction }, position) => {
    const field = given[position];
    return field?.name === name ? direction * field.direction : 0;
  });
  if (directions.every((direction) => direction === 1)) return 1;
  return directions.every((direction) => direction === -1) ? -1 : undefined;
}

function rangesOf(bounds: readonly Interval[][]): KeyRange[] {
  let ranges: KeyRange[] = [{ from: Buffer.alloc(0), below: afterPrefix(Buffer.alloc(0)) }];
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  for (const intervals of bounds) {
    if (prefixes.length * intervals.length > maxRanges) break;
    ranges = prefixes.flatMap((prefix) =>
      intervals.map(({ from, below }) => ({
        from: Buffer.concat([prefix, from]),
        below: endAfter(prefix, below),
      })),
    );
    prefixes = ranges.map(({ from }) => from);
  }
  return ranges;
}

/** An end that lies above every key of the field ends where the prefix does. */
function endAfter(prefix: Buffer, below: Buffer): Buffer {
  return below.length === 1 && below[0] === 0xff ? afterPrefix(prefix) : Buffer.concat([prefix, below]);
}
