import { defaultValue } from "../runtime/default-value.ts";
import type { KeyedValue } from "../runtime/keyed-value.ts";
import { plainTypeName, textOrEmpty } from "../runtime/text-of.ts";
import { raise } from "../runtime/thrown.ts";
import { displayType } from "../types/clr-type.ts";
import { defineType, type Call } from "../types/type-definition.ts";

/** Headers, query parameters and claims: names with several values. */
const multiMapType = defineType("class IMultiMap : IReadOnlyDictionary<string, string[]>", {
  instance: {
    "string GetValueOrDefault(string name, string? initial = null)": (
      self: KeyedValue,
      name: string,
      initial: string | null,
    ) => {
      const found = self.find(name);
      return found === null ? initial : joined(found.value);
    },
  },
});

const variablesType = defineType("class IVariables : IReadOnlyDictionary<string, object>", {
  instance: {
    "object GetValueOrDefault(string name)": (self: KeyedValue, name: string) =>
      self.find(name)?.value ?? null,
    "T GetValueOrDefault<T>(string name)": (self: KeyedValue, name: string, call: Call) =>
      typed(self, name, defaultValue(call.type("T")), call),
    "T GetValueOrDefault<T>(string name, T initial)": typed,
  },
});

const extensions = defineType("static System.Collections.Generic.CollectionExtensions", {
  statics: {
    "V GetValueOrDefault<K, V>(this IReadOnlyDictionary<K, V> source, K key)": (
      self: KeyedValue,
      key: unknown,
      call: Call,
    ) => (self.find(key) ?? { value: defaultValue(call.type("V")) }).value,
    "V GetValueOrDefault<K, V>(this IReadOnlyDictionary<K, V> source, K key, V initial)": (
      self: KeyedValue,
      key: unknown,
      initial: unknown,
    ) => (self.find(key) ?? { value: initial }).value,
  },
});

/** What looks names up in `context`. */
export const LOOK_UP_TYPES = [multiMapType, variablesType, extensions];

function joined(values: unknown): string {
  return Array.isArray(values) ? values.map(textOrEmpty).join(",") : textOrEmpty(values);
}

/**
 * A variable of another type throws, it does not give the default.
 * Source: Microsoft Learn, "API Management policy expressions", `IReadOnlyDictionary.GetValueOrDefault`.
 */
function typed(self: KeyedValue, name: string, initial: unknown, call: Call): unknown {
  const found = self.find(name);
  if (found === null) return initial;
  const type = call.type("T");
  if (found.value === null) return defaultValue(type);
  if (call.holds(type, found.value)) return found.value;
  return raise(
    "InvalidCastException",
    `Unable to cast object of type '${plainTypeName(found.value)}' to type '${displayType(type)}'.`,
  );
}
