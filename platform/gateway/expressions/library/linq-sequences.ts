import { compareValues, keyOf } from "../runtime/compare-values.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { iterate } from "../runtime/iterate.ts";
import { SetValue, type KeyComparer } from "../runtime/keyed-value.ts";
import { Grouping, OrderedSequence, Sequence, type Order } from "../runtime/sequence.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";
import type { Call, MemberTable } from "../types/type-definition.ts";
import type { StringComparer } from "./comparer-types.ts";
import { defaultValue } from "../runtime/default-value.ts";

type Selector = (item: unknown) => unknown;
type IndexedSelector = (item: unknown, index: number) => unknown;

/** The deferred methods of `Enumerable`: each walks its source when it is walked itself. */
export const LINQ_SEQUENCES: MemberTable = {
  "IEnumerable<T> Where<T>(this IEnumerable<T> source, Func<T, bool> predicate)": where,
  "IEnumerable<T> Where<T>(this IEnumerable<T> source, Func<T, int, bool> predicate)": where,
  "IEnumerable<R> Select<T, R>(this IEnumerable<T> source, Func<T, R> selector)": select,
  "IEnumerable<R> Select<T, R>(this IEnumerable<T> source, Func<T, int, R> selector)": select,
  "IEnumerable<R> SelectMany<T, R>(this IEnumerable<T> source, Func<T, IEnumerable<R>> selector)": (
    source: unknown,
    selector: Selector,
  ) =>
    lazy(function* () {
      for (const item of iterate(source)) yield* iterate(selector(item));
    }),
  "IEnumerable<T> Skip<T>(this IEnumerable<T> source, int count)": (source: unknown, count: number) =>
    where(source, (_, index) => index >= count),
  "IEnumerable<T> Take<T>(this IEnumerable<T> source, int count)": (source: unknown, count: number) =>
    lazy(function* () {
      let left = count;
      if (left <= 0) return;
      for (const item of iterate(source)) {
        yield item;
        if (--left <= 0) return;
      }
    }),
  "IEnumerable<T> TakeWhile<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Selector,
  ) =>
    lazy(function* () {
      for (const item of iterate(source)) {
        if (predicate(item) !== true) return;
        yield item;
      }
    }),
  "IEnumerable<T> SkipWhile<T>(this IEnumerable<T> source, Func<T, bool> predicate)": (
    source: unknown,
    predicate: Selector,
  ) =>
    lazy(function* () {
      let skipping = true;
      for (const item of iterate(source)) {
        skipping &&= predicate(item) === true;
        if (!skipping) yield item;
      }
    }),
  "IEnumerable<T> Concat<T>(this IEnumerable<T> source, IEnumerable<T> other)": (
    source: unknown,
    other: unknown,
  ) =>
    lazy(function* () {
      yield* iterate(source);
      yield* iterate(other);
    }),
  "IEnumerable<T> Append<T>(this IEnumerable<T> source, T item)": (source: unknown, item: unknown) =>
    lazy(function* () {
      yield* iterate(source);
      yield item;
    }),
  "IEnumerable<T> Prepend<T>(this IEnumerable<T> source, T item)": (source: unknown, item: unknown) =>
    lazy(function* () {
      yield item;
      yield* iterate(source);
    }),
  "IEnumerable<T> Distinct<T>(this IEnumerable<T> source)": (source: unknown) => distinct(source, keyOf),
  "IEnumerable<T> Distinct<T>(this IEnumerable<T> source, IEqualityComparer<T> comparer)": (
    source: unknown,
    comparer: StringComparer,
  ) => distinct(source, comparer.keyFor),
  "IEnumerable<T> Union<T>(this IEnumerable<T> source, IEnumerable<T> other)": (
    source: unknown,
    other: unknown,
  ) =>
    distinct(
      lazy(() => [...iterate(source), ...iterate(other)][Symbol.iterator]()),
      keyOf,
    ),
  "IEnumerable<T> Except<T>(this IEnumerable<T> source, IEnumerable<T> other)": (
    source: unknown,
    other: unknown,
  ) => filterBySet(source, other, keyOf, false),
  "IEnumerable<T> Except<T>(this IEnumerable<T> source, IEnumerable<T> other, IEqualityComparer<T> comparer)":
    (source: unknown, other: unknown, comparer: StringComparer) =>
      filterBySet(source, other, comparer.keyFor, false),
  "IEnumerable<T> Intersect<T>(this IEnumerable<T> source, IEnumerable<T> other)": (
    source: unknown,
    other: unknown,
  ) => filterBySet(source, other, keyOf, true),
  "IEnumerable<T> Intersect<T>(this IEnumerable<T> source, IEnumerable<T> other, IEqualityComparer<T> comparer)":
    (source: unknown, other: unknown, comparer: StringComparer) =>
      filterBySet(source, other, comparer.keyFor, true),
  "IEnumerable<T> Reverse<T>(this IEnumerable<T> source)": (source: unknown) =>
    lazy(() => [...iterate(source)].reverse()[Symbol.iterator]()),
  "IEnumerable<T> DefaultIfEmpty<T>(this IEnumerable<T> source)": (source: unknown, call: Call) =>
    defaultIfEmpty(source, defaultValue(call.type("T"))),
  "IEnumerable<T> DefaultIfEmpty<T>(this IEnumerable<T> source, T initial)": defaultIfEmpty,
  "IEnumerable<R> Zip<T, S, R>(this IEnumerable<T> source, IEnumerable<S> other, Func<T, S, R> selector)": (
    source: unknown,
    other: unknown,
    selector: (left: unknown, right: unknown) => unknown,
  ) =>
    lazy(function* () {
      const others = iterate(other);
      for (const item of iterate(source)) {
        const next = others.next();
        if (next.done === true) return;
        yield selector(item, next.value);
      }
    }),
  "IOrderedEnumerable<T> OrderBy<T, K>(this IEnumerable<T> source, Func<T, K> selector)": (
    source: unknown,
    selector: Selector,
  ) => new OrderedSequence(() => [...iterate(source)], [byKey(selector, 1)]),
  "IOrderedEnumerable<T> OrderByDescending<T, K>(this IEnumerable<T> source, Func<T, K> selector)": (
    source: unknown,
    selector: Selector,
  ) => new OrderedSequence(() => [...iterate(source)], [byKey(selector, -1)]),
  "IOrderedEnumerable<T> ThenBy<T, K>(this IOrderedEnumerable<T> source, Func<T, K> selector)": (
    source: OrderedSequence,
    selector: Selector,
  ) => new OrderedSequence(source.source, [...source.orders, byKey(selector, 1)]),
  "IOrderedEnumerable<T> ThenByDescending<T, K>(this IOrderedEnumerable<T> source, Func<T, K> selector)": (
    source: OrderedSequence,
    selector: Selector,
  ) => new OrderedSequence(source.source, [...source.orders, byKey(selector, -1)]),
  "IEnumerable<IGrouping<K, T>> GroupBy<T, K>(this IEnumerable<T> source, Func<T, K> selector)": (
    source: unknown,
    selector: Selector,
  ) => groupBy(source, selector, (item) => item),
  "IEnumerable<IGrouping<K, R>> GroupBy<T, K, R>(this IEnumerable<T> source, Func<T, K> selector, Func<T, R> element)":
    groupBy,
  "IEnumerable<int> Range(int start, int count)": (start: number, count: number) => {
    if (count < 0) raiseOutOfRange("count", "Specified argument was out of the range of valid values.");
    return lazy(function* () {
      for (let index = 0; index < count; index++) yield (start + index) | 0;
    });
  },
  "IEnumerable<T> Repeat<T>(T item, int count)": (item: unknown, count: number) =>
    lazy(function* () {
      for (let index = 0; index < count; index++) yield item;
    }),
  "IEnumerable<T> Empty<T>()": () => [],
};

function lazy(generate: () => Iterator<unknown>): Sequence {
  return new Sequence(generate);
}

function where(source: unknown, predicate: IndexedSelector): Sequence {
  return lazy(function* () {
    let index = 0;
    for (const item of iterate(source)) if (predicate(item, index++) === true) yield item;
  });
}

function select(source: unknown, selector: IndexedSelector): Sequence {
  return lazy(function* () {
    let index = 0;
    for (const item of iterate(source)) yield selector(item, index++);
  });
}

function distinct(source: unknown, keyFor: KeyComparer): Sequence {
  return lazy(() => new SetValue(iterate(source), keyFor)[Symbol.iterator]());
}

function filterBySet(source: unknown, other: unknown, keyFor: KeyComparer, kept: boolean): Sequence {
  return lazy(function* () {
    const others = new SetValue(iterate(other), keyFor);
    for (const item of new SetValue(iterate(source), keyFor)) if (others.has(item) === kept) yield item;
  });
}

function defaultIfEmpty(source: unknown, initial: unknown): Sequence {
  return lazy(function* () {
    let isEmpty = true;
    for (const item of iterate(source)) {
      isEmpty = false;
      yield item;
    }
    if (isEmpty) yield initial;
  });
}

function byKey(selector: Selector, sign: 1 | -1): Order {
  return (left, right) => {
    spendSize(64);
    return sign * compareValues(selector(left), selector(right));
  };
}

function groupBy(source: unknown, selector: Selector, element: Selector): Sequence {
  return lazy(() => {
    const groups = new Map<unknown, { key: unknown; items: unknown[] }>();
    for (const item of iterate(source)) {
      const key = selector(item);
      const group = groups.get(keyOf(key)) ?? { key, items: [] };
      groups.set(keyOf(key), group);
      group.items.push(element(item));
    }
    return Array.from(groups.values(), ({ key, items }) => new Grouping(key, items))[Symbol.iterator]();
  });
}
