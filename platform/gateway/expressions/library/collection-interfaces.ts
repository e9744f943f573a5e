import { iterate } from "../runtime/iterate.ts";
import { KeyedValue } from "../runtime/keyed-value.ts";
import { KeyValuePair } from "../runtime/key-value-pair.ts";
import { ListValue } from "../runtime/list-value.ts";
import { Grouping, OrderedSequence } from "../runtime/sequence.ts";
import { raiseIndex, raiseOutOfRange } from "../runtime/thrown.ts";
import { byteOf } from "../runtime/iterate.ts";
import { defaultValue } from "../runtime/default-value.ts";
import { defineType, type Call, type Cell } from "../types/type-definition.ts";
import { JArray } from "../json/j-array.ts";

const isList = (value: unknown) =>
  Array.isArray(value) ||
  value instanceof Uint8Array ||
  value instanceof ListValue ||
  value instanceof JArray;

const keyedMembers = {
  "bool ContainsKey(K key)": (self: KeyedValue, key: unknown) => self.find(key) !== null,
  "bool TryGetValue(K key, out V value)": (self: KeyedValue, key: unknown, value: Cell, call: Call) => {
    const found = self.find(key);
    value.value = found === null ? defaultValue(call.type("V")) : found.value;
    return found !== null;
  },
  "IEnumerable<K> Keys": (self: KeyedValue) => Array.from(self.entries(), ([key]) => key),
  "IEnumerable<V> Values": (self: KeyedValue) => Array.from(self.entries(), ([, value]) => value),
  "int Count": (self: KeyedValue) => self.size,
};

/** The interfaces of collections, and KeyValuePair. */
export const COLLECTION_INTERFACES = [
  defineType("interface System.Collections.Generic.IEnumerable<T>", {
    holds: (value) =>
      typeof value === "string" ||
      isList(value) ||
      (typeof value === "object" && value !== null && Symbol.iterator in value),
  }),
  defineType("interface System.Collections.Generic.ICollection<T> : IEnumerable<T>", {
    holds: isList,
    instance: { "int Count": (self: unknown) => [...iterate(self)].length },
  }),
  defineType("interface System.Collections.Generic.IReadOnlyCollection<T> : IEnumerable<T>", {
    holds: isList,
    instance: { "int Count": (self: unknown) => [...iterate(self)].length },
  }),
  defineType("interface System.Collections.Generic.IList<T> : ICollection<T>", {
    holds: isList,
    instance: { "T this[int index]": (self: unknown, index: number) => at(self, index) },
  }),
  defineType("interface System.Collections.Generic.IReadOnlyList<T> : IReadOnlyCollection<T>", {
    holds: isList,
    instance: { "T this[int index]": (self: unknown, index: number) => at(self, index) },
  }),
  defineType(
    "interface System.Collections.Generic.IReadOnlyDictionary<K, V> : IEnumerable<KeyValuePair<K, V>>",
    {
      holds: (value) => value instanceof KeyedValue,
      instance: { "V this[K key]": (self: KeyedValue, key: unknown) => self.get(key), ...keyedMembers },
    },
  ),
  defineType("interface System.Collections.Generic.IDictionary<K, V> : IReadOnlyDictionary<K, V>", {
    holds: (value) => value instanceof KeyedValue,
  }),
  defineType("interface System.Linq.IGrouping<K, T> : IEnumerable<T>", {
    holds: (value) => value instanceof Grouping,
    instance: { "K Key": (self: Grouping) => self.groupKey },
  }),
  defineType("interface System.Linq.IOrderedEnumerable<T> : IEnumerable<T>", {
    holds: (value) => value instanceof OrderedSequence,
  }),
  defineType("struct System.Collections.Generic.KeyValuePair<K, V>", {
    holds: (value) => value instanceof KeyValuePair,
    constructors: { "(K key, V value)": (key: unknown, value: unknown) => new KeyValuePair(key, value) },
    instance: {
      "K Key": (self: KeyValuePair) => self.first,
      "V Value": (self: KeyValuePair) => self.value,
    },
  }),
];

function at(list: unknown, index: number): unknown {
  if (list instanceof Uint8Array) return byteOf(list[index] ?? raiseIndex());
  if (list instanceof JArray) return list.at(index);
  const items: readonly unknown[] = list instanceof ListValue ? list.items : Array.isArray(list) ? list : [];
  if (index >= 0 && index < items.length) return items[index];
  return Array.isArray(list) ? raiseIndex() : raiseOutOfRange("index", OUT_OF_RANGE);
}

const OUT_OF_RANGE = "Index was out of range. Must be non-negative and less than the size of the collection.";
