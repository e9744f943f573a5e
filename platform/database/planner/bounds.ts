import { MaxKey, MinKey } from "bson";
import type { Filter, Predicate } from "../query/filter.ts";
import { encodeValue } from "../values/encode-key.ts";
import type { FieldPath } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";
import { typeOf, valueType } from "../values/value-type.ts";
import type { Interval } from "./intervals.ts";
import { afterPrefix, intersect, pointOf, unite } from "./intervals.ts";

/**
 * Where in an index the values at `path` lie, of all documents that can meet the filter; `undefined` when the filter
 * does not bound them. Never less than what matches, often more: the matcher judges every document again.
 *
 * @param multikey whether an array was met: then two predicates may hold for two different elements, so the bounds
 * of one alone are used
 */
export function boundsOf(filter: Filter, path: FieldPath, multikey: boolean): Interval[] | undefined {
  switch (filter.kind) {
    case "and":
      return boundsOfAll(filter.filters, path, multikey);
    case "or":
      return boundsOfAny(filter.filters, path, multikey);
    case "not":
      return undefined;
    case "path":
      return isSamePath(filter.path, path) ? predicateBounds(filter.predicate, multikey) : undefined;
  }
}

function boundsOfAll(filters: readonly Filter[], path: FieldPath, multikey: boolean): Interval[] | undefined {
  const bounds = filters.map((filter) => boundsOf(filter, path, multikey)).filter((one) => one !== undefined);
  return multikey
    ? bounds[0]
    : bounds.reduce<Interval[] | undefined>(
        (left, right) => (left ? intersect(left, right) : right),
        undefined,
      );
}

function boundsOfAny(filters: readonly Filter[], path: FieldPath, multikey: boolean): Interval[] | undefined {
  const all: Interval[] = [];
  for (const filter of filters) {
    const bounds = boundsOf(filter, path, multikey);
    if (!bounds) return undefined;
    all.push(...bounds);
  }
  return unite(all);
}

function isSamePath(left: FieldPath, right: FieldPath): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index]);
}

function predicateBounds(predicate: Predicate, multikey: boolean): Interval[] | undefined {
  switch (predicate.kind) {
    case "equal":
      return valueBounds(predicate.value, multikey);
    case "in":
      return predicate.patterns.length > 0 ? undefined : listBounds(predicate.values, multikey);
    case "range":
      return rangeBounds(predicate, multikey);
    case "regex":
      return predicate.prefix === ""
        ? undefined
        : unite([prefixBounds(predicate.prefix), pointOf(encodeValue(predicate.literal))]);
    case "exists":
    case "type":
    case "size":
    case "elementFilter":
    case "elementPredicates":
      return undefined;
  }
}

function listBounds(values: readonly unknown[], multikey: boolean): Interval[] | undefined {
  const bounds = values.map((value) => valueBounds(value, multikey));
  return bounds.every((one) => one !== undefined) ? unite(bounds.flat()) : undefined;
}

/** A whole array has no key of its own; null on the way through an array has several meanings. */
function valueBounds(value: unknown, multikey: boolean): Interval[] | undefined {
  if (Array.isArray(value) || (value === null && multikey)) return undefined;
  return [pointOf(encodeValue(value))];
}

/** A comparison holds within the operand's type. */
function rangeBounds(
  { operator, value }: Extract<Predicate, { kind: "range" }>,
  multikey: boolean,
): Interval[] | undefined {
  const isUnbounded = value instanceof MinKey || value instanceof MaxKey || Number.isNaN(numberOf(value));
  if (isUnbounded || Array.isArray(value)) return undefined;
  if (value === null) return operator === "$gte" || operator === "$lte" ? valueBounds(value, multikey) : [];
  const key = encodeValue(value);
  const type = typeOf(value);
  const upwards = operator === "$gt" || operator === "$gte";
  const from = upwards ? (operator === "$gt" ? afterPrefix(key) : key) : Buffer.from([type]);
  const below = upwards ? Buffer.from([type + 1]) : operator === "$lt" ? key : afterPrefix(key);
  return [{ from, below, point: false }];
}

function prefixBounds(prefix: string): Interval {
  const key = Buffer.concat([Buffer.from([valueType.string]), Buffer.from(prefix)]);
  return { from: key, below: afterPrefix(key), point: false };
}
