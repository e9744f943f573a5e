import { keyOf } from "../runtime/compare-values.ts";
import { iterate } from "../runtime/iterate.ts";
import { DictionaryValue, SetValue, type KeyComparer } from "../runtime/keyed-value.ts";
import { ListValue } from "../runtime/list-value.ts";
import { toNumber } from "../runtime/number.ts";
import { Sequence } from "../runtime/sequence.ts";
import { raise } from "../runtime/thrown.ts";
import type { Call, MemberTable } from "../types/type-definition.ts";
import type { StringComparer } from "./comparer-types.ts";

type Selector = (item: unknown) => unknown;

const same: Selector = (item) => item;

/** The methods of `Enumerable` that give another collection, and the look-up with a default. */
export const LINQ_CONVERSIONS: MemberTable = {
  "List<T> ToList<T>(this IEnumerable<T> source)": (source: unknown) => new ListValue(iterate(source)),
  "T[] ToArray<T>(this IEnumerable<T> source)": (source: unknown, call: Call) =>
    call.type("T").name === "byte" ? Uint8Array.from(iterate(source), toNumber) : [...iterate(source)],
  "HashSet<T> ToHashSet<T>(this IEnumerable<T> source)": (source: unknown) => new SetValue(iterate(source)),
  "Dictionary<K, T> ToDictionary<T, K>(this IEnumerable<T> source, Func<T, K> selector)": (
    source: unknown,
    selector: Selector,
  ) => toDictionary(source, selector, same, keyOf),
  "Dictionary<K, T> ToDictionary<T, K>(this IEnumerable<T> source, Func<T, K> selector, IEqualityComparer<K> comparer)":
    (source: unknown, selector: Selector, comparer: StringComparer) =>
      toDictionary(source, selector, same, comparer.keyFor),
  "Dictionary<K, V> ToDictionary<T, K, V>(this IEnumerable<T> source, Func<T, K> selector, Func<T, V> element)":
    (source: unknown, selector: Selector, element: Selector) =>
      toDictionary(source, selector, element, keyOf),
  "Dictionary<K, V> ToDictionary<T, K, V>(this IEnumerable<T> source, Func<T, K> selector, Func<T, V> element, IEqualityComparer<K> comparer)":
    (source: unknown, selector: Selector, element: Selector, comparer: StringComparer) =>
      toDictionary(source, selector, element, comparer.keyFor),
  "IEnumerable<T> AsEnumerable<T>(this IEnumerable<T> source)": same,
  "IEnumerable<R> Cast<R>(this IEnumerable<object> source)": (source: unknown, call: Call) =>
    cast(source, call),
  "IEnumerable<R> OfType<R>(this IEnumerable<object> source)": (source: unknown, call: Call) =>
    new Sequence(function* () {
      const type = call.type("R");
      for (const item of iterate(source)) if (item !== null && call.holds(type, item)) yield item;
    }),
};

function cast(source: unknown, call: Call): Sequence {
  return new Sequence(function* () {
    const type = call.type("R");
    for (const item of iterate(source)) {
      if (item !== null && !call.holds(type, item))
        raise("InvalidCastException", "Specified cast is not valid.");
      yield item;
    }
  });
}

function toDictionary(
  source: unknown,
  selector: Selector,
  element: Selector,
  keyFor: KeyComparer,
): DictionaryValue {
  const result = new DictionaryValue(keyFor);
  for (const item of iterate(source)) result.add(selector(item), element(item));
  return result;
}
