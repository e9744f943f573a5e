import { compareValues, equalValues } from "../runtime/compare-values.ts";
import { spend, spendSize } from "../runtime/evaluation.ts";
import { iterate } from "../runtime/iterate.ts";
import { ListValue } from "../runtime/list-value.ts";
import { raiseInvalidOperation, raiseOutOfRange } from "../runtime/thrown.ts";
import { defineType, type Call, type MemberTable } from "../types/type-definition.ts";
import { defaultValue } from "../runtime/default-value.ts";

type Test = (item: unknown) => unknown;

const OUT_OF_RANGE = "Index was out of range. Must be non-negative and less than the size of the collection.";

const READING: MemberTable = {
  "int Count": (self: ListValue) => self.items.length,
  "bool Contains(T item)": (self: ListValue, item: unknown) => indexOf(self, item) >= 0,
  "int IndexOf(T item)": indexOf,
  "bool Exists(Predicate<T> match)": (self: ListValue, match: Test) =>
    self.items.some((item) => match(item) === true),
  "T Find(Predicate<T> match)": (self: ListValue, match: Test, call: Call) => {
    const index = self.items.findIndex((item) => match(item) === true);
    return index < 0 ? defaultValue(call.type("T")) : self.items[index];
  },
  "List<T> FindAll(Predicate<T> match)": (self: ListValue, match: Test) =>
    new ListValue(self.items.filter((item) => match(item) === true)),
  "int FindIndex(Predicate<T> match)": (self: ListValue, match: Test) =>
    self.items.findIndex((item) => match(item) === true),
  "bool TrueForAll(Predicate<T> match)": (self: ListValue, match: Test) =>
    self.items.every((item) => match(item) === true),
  "void ForEach(Action<T> action)": (self: ListValue, action: Test) => {
    for (const item of self) action(item);
  },
  "T[] ToArray()": (self: ListValue) => [...self.items],
  "List<T> GetRange(int index, int count)": (self: ListValue, index: number, count: number) =>
    index >= 0 && count >= 0 && index + count <= self.items.length
      ? new ListValue(self.items.slice(index, index + count))
      : raiseOutOfRange("count", OUT_OF_RANGE),
};

const WRITING: MemberTable = {
  "void Add(T item)": (self: ListValue, item: unknown) => splice(self, self.items.length, 0, [item]),
  "void AddRange(IEnumerable<T> items)": (self: ListValue, items: unknown) =>
    splice(self, self.items.length, 0, [...iterate(items)]),
  "void Insert(int index, T item)": (self: ListValue, index: number, item: unknown) =>
    index >= 0 && index <= self.items.length
      ? splice(self, index, 0, [item])
      : raiseOutOfRange("index", OUT_OF_RANGE),
  "bool Remove(T item)": (self: ListValue, item: unknown) => {
    const index = indexOf(self, item);
    if (index >= 0) splice(self, index, 1, []);
    return index >= 0;
  },
  "void RemoveAt(int index)": (self: ListValue, index: number) => splice(self, checked(self, index), 1, []),
  "int RemoveAll(Predicate<T> match)": (self: ListValue, match: Test) => {
    const kept = self.items.filter((item) => match(item) !== true);
    const removed = self.items.length - kept.length;
    splice(self, 0, self.items.length, kept);
    return removed;
  },
  "void Clear()": (self: ListValue) => splice(self, 0, self.items.length, []),
  "void Reverse()": (self: ListValue) => splice(self, 0, self.items.length, self.items.toReversed()),
  "void Sort()": (self: ListValue) => splice(self, 0, self.items.length, self.items.toSorted(compareValues)),
  "void Sort(Comparison<T> comparison)": (
    self: ListValue,
    comparison: (left: unknown, right: unknown) => number,
  ) => splice(self, 0, self.items.length, self.items.toSorted(comparison)),
};

/** `List<T>`. */
const listType = defineType("class System.Collections.Generic.List<T> : IList<T>, IReadOnlyList<T>", {
  holds: (value) => value instanceof ListValue && value.typeName.includes("List"),
  constructors: {
    "()": () => new ListValue(),
    "(int capacity)": () => new ListValue(),
    "(IEnumerable<T> items)": (items: unknown) => new ListValue(iterate(items)),
  },
  instance: {
    "T this[int index]": {
      get: (self: ListValue, index: number) => self.items[checked(self, index)],
      set: (self: ListValue, index: number, value: unknown) => splice(self, checked(self, index), 1, [value]),
    },
    ...READING,
    ...WRITING,
  },
});

const queueType = defineType("class System.Collections.Generic.Queue<T> : ICollection<T>", {
  holds: (value) => value instanceof ListValue && value.typeName.includes("Queue"),
  constructors: {
    "()": () => new ListValue([], "System.Collections.Generic.Queue`1"),
    "(IEnumerable<T> items)": (items: unknown) =>
      new ListValue(iterate(items), "System.Collections.Generic.Queue`1"),
  },
  instance: {
    "void Enqueue(T item)": (self: ListValue, item: unknown) => splice(self, self.items.length, 0, [item]),
    "T Dequeue()": (self: ListValue) => taken(self, 0),
    "T Peek()": (self: ListValue) => self.items[0] ?? raiseEmpty(self, "Queue"),
    "bool Contains(T item)": (self: ListValue, item: unknown) => indexOf(self, item) >= 0,
    "void Clear()": (self: ListValue) => splice(self, 0, self.items.length, []),
  },
});

/** A stack keeps its top at the front, where enumerating begins. */
const stackType = defineType("class System.Collections.Generic.Stack<T> : ICollection<T>", {
  holds: (value) => value instanceof ListValue && value.typeName.includes("Stack"),
  constructors: {
    "()": () => new ListValue([], "System.Collections.Generic.Stack`1"),
    "(IEnumerable<T> items)": (items: unknown) =>
      new ListValue([...iterate(items)].reverse(), "System.Collections.Generic.Stack`1"),
  },
  instance: {
    "void Push(T item)": (self: ListValue, item: unknown) => splice(self, 0, 0, [item]),
    "T Pop()": (self: ListValue) => taken(self, 0),
    "T Peek()": (self: ListValue) => self.items[0] ?? raiseEmpty(self, "Stack"),
    "bool Contains(T item)": (self: ListValue, item: unknown) => indexOf(self, item) >= 0,
    "void Clear()": (self: ListValue) => splice(self, 0, self.items.length, []),
  },
});

/** List, Queue and Stack. */
export const LIST_TYPES = [listType, queueType, stackType];

function indexOf(list: ListValue, item: unknown): number {
  spendSize(list.items.length);
  return list.items.findIndex((candidate) => equalValues(candidate, item));
}

function checked(list: ListValue, index: number): number {
  return index >= 0 && index < list.items.length ? index : raiseOutOfRange("index", OUT_OF_RANGE);
}

function splice(list: ListValue, index: number, removed: number, added: readonly unknown[]): void {
  spend();
  spendSize(list.items.length + added.length);
  const after = list.items.splice(index).slice(removed);
  for (const item of added) list.items.push(item);
  for (const item of after) list.items.push(item);
  list.changed();
}

function taken(list: ListValue, index: number): unknown {
  if (list.items.length === 0) return raiseEmpty(list, list.typeName.includes("Queue") ? "Queue" : "Stack");
  const item = list.items[index];
  splice(list, index, 1, []);
  return item;
}

function raiseEmpty(list: ListValue, name: string): unknown {
  return list.items.length > 0 ? null : raiseInvalidOperation(`${name} empty.`);
}
