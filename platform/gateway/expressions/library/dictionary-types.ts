import { spend } from "../runtime/evaluation.ts";
import { iterate } from "../runtime/iterate.ts";
import type { KeyedValue } from "../runtime/keyed-value.ts";
import { DictionaryValue, SetValue } from "../runtime/keyed-value.ts";
import { defineType } from "../types/type-definition.ts";
import type { StringComparer } from "./comparer-types.ts";

const DICTIONARY = "System.Collections.Generic.Dictionary";

const dictionaryType = defineType(`class ${DICTIONARY}<K, V> : IDictionary<K, V>`, {
  holds: (value) => value instanceof DictionaryValue,
  constructors: {
    "()": () => new DictionaryValue(),
    "(int capacity)": () => new DictionaryValue(),
    "(IEqualityComparer<K> comparer)": (comparer: StringComparer) => new DictionaryValue(comparer.keyFor),
    "(IDictionary<K, V> source)": (source: KeyedValue) => filled(new DictionaryValue(), source),
    "(IDictionary<K, V> source, IEqualityComparer<K> comparer)": (
      source: KeyedValue,
      comparer: StringComparer,
    ) => filled(new DictionaryValue(comparer.keyFor), source),
  },
  instance: {
    "V this[K key]": {
      get: (self: DictionaryValue, key: unknown) => self.get(key),
      set: (self: DictionaryValue, key: unknown, value: unknown) => {
        spend();
        self.set(key, value);
      },
    },
    "void Add(K key, V value)": (self: DictionaryValue, key: unknown, value: unknown) => {
      spend();
      self.add(key, value);
    },
    "bool Remove(K key)": (self: DictionaryValue, key: unknown) => self.delete(key),
    "void Clear()": (self: DictionaryValue) => self.clear(),
    "bool ContainsValue(V value)": (self: DictionaryValue, value: unknown) =>
      new SetValue(Array.from(self.entries(), ([, item]) => item)).has(value),
  },
});

const hashSetType = defineType("class System.Collections.Generic.HashSet<T> : IEnumerable<T>", {
  holds: (value) => value instanceof SetValue,
  constructors: {
    "()": () => new SetValue([]),
    "(IEnumerable<T> items)": (items: unknown) => new SetValue(iterate(items)),
    "(IEqualityComparer<T> comparer)": (comparer: StringComparer) => new SetValue([], comparer.keyFor),
    "(IEnumerable<T> items, IEqualityComparer<T> comparer)": (items: unknown, comparer: StringComparer) =>
      new SetValue(iterate(items), comparer.keyFor),
  },
  instance: {
    "int Count": (self: SetValue) => self.size,
    "bool Add(T item)": (self: SetValue, item: unknown) => self.add(item),
    "bool Contains(T item)": (self: SetValue, item: unknown) => self.has(item),
    "bool Remove(T item)": (self: SetValue, item: unknown) => self.delete(item),
    "void Clear()": (self: SetValue) => self.clear(),
    "void UnionWith(IEnumerable<T> items)": (self: SetValue, items: unknown) => {
      for (const item of iterate(items)) self.add(item);
    },
    "void ExceptWith(IEnumerable<T> items)": (self: SetValue, items: unknown) => {
      for (const item of iterate(items)) self.delete(item);
    },
    "bool Overlaps(IEnumerable<T> items)": (self: SetValue, items: unknown) => {
      for (const item of iterate(items)) if (self.has(item)) return true;
      return false;
    },
    "bool IsSupersetOf(IEnumerable<T> items)": (self: SetValue, items: unknown) => {
      for (const item of iterate(items)) if (!self.has(item)) return false;
      return true;
    },
  },
});

/** Dictionary and HashSet. */
export const DICTIONARY_TYPES = [dictionaryType, hashSetType];

function filled(target: DictionaryValue, source: KeyedValue): DictionaryValue {
  for (const [key, value] of source.entries()) target.set(key, value);
  return target;
}
