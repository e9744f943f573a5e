import { compareValues, equalValues } from "../runtime/compare-values.ts";
import { defaultValue } from "../runtime/default-value.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { iterate } from "../runtime/iterate.ts";
import { raise } from "../runtime/thrown.ts";
import { defineType, type Call } from "../types/type-definition.ts";

type Test = (item: unknown) => unknown;
type Items = unknown[] | Uint8Array;

/** `System.Array`: the base of all arrays, and its static methods. */
export const ARRAY_TYPE = defineType("class System.Array", {
  holds: (value) => Array.isArray(value) || value instanceof Uint8Array,
  instance: {
    "int Length": (self: Items) => self.length,
    "object Clone()": (self: Items) => self.slice(),
  },
  statics: {
    "bool Exists<T>(T[] array, Predicate<T> match)": (array: Items, match: Test) =>
      items(array).some((item) => match(item) === true),
    "T Find<T>(T[] array, Predicate<T> match)": (array: Items, match: Test, call: Call) => {
      const found = items(array).find((item) => match(item) === true);
      return found === undefined ? defaultValue(call.type("T")) : found;
    },
    "T[] FindAll<T>(T[] array, Predicate<T> match)": (array: Items, match: Test) =>
      items(array).filter((item) => match(item) === true),
    "int FindIndex<T>(T[] array, Predicate<T> match)": (array: Items, match: Test) =>
      items(array).findIndex((item) => match(item) === true),
    "bool TrueForAll<T>(T[] array, Predicate<T> match)": (array: Items, match: Test) =>
      items(array).every((item) => match(item) === true),
    "int IndexOf<T>(T[] array, T value)": (array: Items, value: unknown) =>
      items(array).findIndex((item) => equalValues(item, value)),
    "R[] ConvertAll<T, R>(T[] array, Converter<T, R> convert)": (array: Items, convert: Test) =>
      items(array).map(convert),
    "void ForEach<T>(T[] array, Action<T> action)": (array: Items, action: Test) =>
      items(array).forEach((item) => void action(item)),
    "void Reverse(Array array)": (array: Items) => void array.reverse(),
    "void Sort<T>(T[] array)": (array: Items) => {
      spendSize(array.length * 64);
      if (Array.isArray(array)) array.sort(compareValues);
      else array.sort();
    },
    "T[] Empty<T>()": () => [],
    "void Copy(Array source, Array target, int length)": (source: Items, target: Items, length: number) =>
      copy(source, 0, target, 0, length),
    "void Copy(Array source, int start, Array target, int at, int length)": copy,
  },
});

function items(array: Items): unknown[] {
  return [...iterate(array)];
}

function copy(source: Items, start: number, target: Items, at: number, length: number): void {
  const fits =
    start >= 0 && at >= 0 && length >= 0 && start + length <= source.length && at + length <= target.length;
  if (!fits)
    raise(
      "ArgumentException",
      "Source array was not long enough. Check srcIndex and length, and the array's lower bounds.",
    );
  spendSize(length);
  if (target instanceof Uint8Array && source instanceof Uint8Array)
    target.set(source.subarray(start, start + length), at);
  else if (Array.isArray(target) && Array.isArray(source))
    target.splice(at, length, ...source.slice(start, start + length));
  else raise("ArrayTypeMismatchException", "Source array type cannot be assigned to destination array type.");
}
