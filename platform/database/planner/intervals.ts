import type { KeyRange } from "../store/read-records.ts";

/** A range of the encoded keys of one field. */
export interface Interval extends KeyRange {
  /** Whether it holds the keys of one value alone. */
  readonly point: boolean;
}

/** Keys above every other: the end of a range without one. */
const endOfKeys = Buffer.from([0xff]);

/** The least key that is above all that begin with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return endOfKeys;
  const next = Buffer.from(prefix.subarray(0, length));
  next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}

/** The keys of one value. */
export function pointOf(key: Buffer): Interval {
  return { from: key, below: afterPrefix(key), point: true };
}

/** What is in either; in order and without overlap. */
export function unite(intervals: readonly Interval[]): Interval[] {
  const united: Interval[] = [];
  for (const next of intervals.toSorted((left, right) => Buffer.compare(left.from, right.from))) {
    const last = united.at(-1);
    if (!last || Buffer.compare(last.below, next.from) <= 0) united.push(next);
    else if (Buffer.compare(last.below, next.below) < 0)
      united[united.length - 1] = { ...last, below: next.below, point: false };
  }
  return united;
}

/** What is in both; each given in order and without overlap. */
export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  return left
    .flatMap((one) => right.map((other) => overlap(one, other)))
    .filter((range) => range !== undefined);
}

/** The same values in a descending field, whose keys are inverted. */
export function inverted(intervals: readonly Interval[]): Interval[] {
  return intervals.map(invert).reverse();
}

/** A point stays the very key of its value, since further fields are appended to it. */
function invert({ from, below, point }: Interval): Interval {
  if (point) return pointOf(complement(from));
  return { from: afterPrefix(complement(below)), below: afterPrefix(complement(from)), point };
}

function overlap(one: Interval, other: Interval): Interval | undefined {
  const from = Buffer.compare(one.from, other.from) >= 0 ? one.from : other.from;
  const below = Buffer.compare(one.below, other.below) <= 0 ? one.below : other.below;
  if (Buffer.compare(from, below) >= 0) return undefined;
  return { from, below, point: one.point || other.point };
}

function complement(key: Buffer): Buffer {
  return Buffer.from(key.map((byte) => ~byte));
}
