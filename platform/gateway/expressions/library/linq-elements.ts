import { compareValues, equalValues, keyOf } from "../runtime/compare-values.ts";
import { defaultValue } from "../runtime/default-value.ts";
import { iterate } from "../runtime/iterate.ts";
import { raiseInvalidOperation, raiseOutOfRange } from "../runtime/thrown.ts";
import type { Call, MemberTable } from "../types/type-definition.ts";
import type { StringComparer } from "./comparer-types.ts";

type Predicate = (item: unknown) => unknown;

const EMPTY = "Sequence contains no elements";
const NO_MATCH = "Sequence contains no matching element";
const always: Predicate = () => true;

/** The methods of `Enumerable` that give one element or a yes or no. */
export const LINQ_ELEMENTS: MemberTable = {
  "T First<T>(this IEnumerable<T> source)": (source: unknown) =>
    first(source, always, () => raiseInvalidOperation(EMPTY)),
  "T First<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Predicate,
  ) => first(source, predicate, () => raiseInvalidOperation(NO_MATCH)),
  "T FirstOrDefault<T>(this IEnumerable<T> source)": (source: unknown, call: Call) =>
    first(source, always, () => defaultValue(call.type("T"))),
  "T FirstOrDefault<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Predicate,
    call: Call,
  ) => first(source, predicate, () => defaultValue(call.type("T"))),
  "T Last<T>(this IEnumerable<T> source)": (source: unknown) =>
    last(source, always, () => raiseInvalidOperation(EMPTY)),
  "T Last<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (source: unknown, predicate: Predicate) =>
    last(source, predicate, () => raiseInvalidOperation(NO_MATCH)),
  "T LastOrDefault<T>(this IEnumerable<T> source)": (source: unknown, call: Call) =>
    last(source, always, () => defaultValue(call.type("T"))),
  "T LastOrDefault<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Predicate,
    call: Call,
  ) => last(source, predicate, () => defaultValue(call.type("T"))),
  "T Single<T>(this IEnumerable<T> source)": (source: unknown) =>
    single(source, always, () => raiseInvalidOperation(EMPTY)),
  "T Single<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Predicate,
  ) => single(source, predicate, () => raiseInvalidOperation(NO_MATCH)),
  "T SingleOrDefault<T>(this IEnumerable<T> source)": (source: unknown, call: Call) =>
    single(source, always, () => defaultValue(call.type("T"))),
  "T SingleOrDefault<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Predicate,
    call: Call,
  ) => single(source, predicate, () => defaultValue(call.type("T"))),
  "T ElementAt<T>(this IEnumerable<T> source, int index)": (source: unknown, index: number) =>
    elementAt(source, index, () =>
      raiseOutOfRange(
        "index",
        "Index was out of range. Must be non-negative and less than the size of the collection.",
      ),
    ),
  "T ElementAtOrDefault<T>(this IEnumerable<T> source, int index)": (
    source: unknown,
    index: number,
    call: Call,
  ) => elementAt(source, index, () => defaultValue(call.type("T"))),
  "bool Any<T>(this IEnumerable<T> source)": (source: unknown) => any(source, always),
  "bool Any<T>(this IEnumerable<T> source, Func<T, bool> predicate)": any,
  "bool All<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Predicate,
  ) => !any(source, (item) => predicate(item) !== true),
  "bool Contains<T>(this IEnumerable<T> source, T value)": (source: unknown, value: unknown) =>
    any(source, (item) => equalValues(item, value)),
  "bool Contains<T>(this IEnumerable<T> source, T value, IEqualityComparer<T> comparer)": (
    source: unknown,
    value: unknown,
    comparer: StringComparer,
  ) => any(source, (item) => comparer.keyFor(item) === comparer.keyFor(value)),
  "bool SequenceEqual<T>(this IEnumerable<T> source, IEnumerable<T> other)": (
    source: unknown,
    other: unknown,
  ) => {
    const [left, right] = [Array.from(iterate(source), keyOf), Array.from(iterate(other), keyOf)];
    return left.length === right.length && left.every((key, index) => key === right[index]);
  },
  "T Max<T>(this IEnumerable<T> source)": (source: unknown) => extreme(source, (item) => item, 1),
  "T Min<T>(this IEnumerable<T> source)": (source: unknown) => extreme(source, (item) => item, -1),
  "R Max<T, R>(this IEnumerable<T> source, Func<T, R> selector)": (source: unknown, selector: Predicate) =>
    extreme(source, selector, 1),
  "R Min<T, R>(this IEnumerable<T> source, Func<T, R> selector)": (source: unknown, selector: Predicate) =>
    extreme(source, selector, -1),
};

function first(source: unknown, predicate: Predicate, otherwise: () => unknown): unknown {
  for (const item of iterate(source)) if (predicate(item) === true) return item;
  return otherwise();
}

function last(source: unknown, predicate: Predicate, otherwise: () => unknown): unknown {
  let found: { readonly item: unknown } | null = null;
  for (const item of iterate(source)) if (predicate(item) === true) found = { item };
  return found === null ? otherwise() : found.item;
}

function single(source: unknown, predicate: Predicate, otherwise: () => unknown): unknown {
  const found: unknown[] = [];
  for (const item of iterate(source)) {
    if (predicate(item) === true) found.push(item);
    if (found.length > 1) raiseInvalidOperation("Sequence contains more than one matching element");
  }
  return found.length === 0 ? otherwise() : found[0];
}

function elementAt(source: unknown, index: number, otherwise: () => unknown): unknown {
  let left = index;
  for (const item of iterate(source)) if (left-- === 0) return item;
  return otherwise();
}

function any(source: unknown, predicate: Predicate): boolean {
  for (const item of iterate(source)) if (predicate(item) === true) return true;
  return false;
}

function extreme(source: unknown, selector: Predicate, sign: 1 | -1): unknown {
  const values = Array.from(iterate(source), selector).filter((value) => value !== null);
  if (values.length === 0) return raiseInvalidOperation(EMPTY);
  return values.reduce((best, value) => (sign * compareValues(value, best) > 0 ? value : best));
}
