import { AnonymousObject } from "../runtime/anonymous-object.ts";
import { Char } from "../runtime/char.ts";
import { ClrException } from "../runtime/clr-exception.ts";
import { DateTime, DateTimeOffset } from "../runtime/date-time.ts";
import { EnumValue } from "../runtime/enum-value.ts";
import { spend } from "../runtime/evaluation.ts";
import { Guid } from "../runtime/guid.ts";
import { iterate } from "../runtime/iterate.ts";
import { KeyedValue, SetValue } from "../runtime/keyed-value.ts";
import { KeyValuePair } from "../runtime/key-value-pair.ts";
import { ListValue } from "../runtime/list-value.ts";
import { numericKind } from "../runtime/number.ts";
import { Sequence } from "../runtime/sequence.ts";
import { plainTypeName, textOf } from "../runtime/text-of.ts";
import { raise } from "../runtime/thrown.ts";
import { TimeSpan } from "../runtime/time-span.ts";
import { UriValue } from "../runtime/uri-value.ts";
import { JArray } from "./j-array.ts";
import { JObject } from "./j-object.ts";
import { JToken } from "./j-token.ts";
import { JValue } from "./j-value.ts";

/** Deepest nesting of values that are turned to JSON; a list may hold itself. */
const MAXIMUM_DEPTH = 64;

/** What a container makes of the content it is given: tokens stay, plain values become JValue, anything else throws. */
export function contentToken(value: unknown): JToken {
  if (value instanceof JToken) return value;
  const plain = plainToken(value);
  if (plain !== null) return plain;
  return raise("ArgumentException", `Could not determine JSON object type for type ${plainTypeName(value)}.`);
}

/** Several pieces of content: lists and sequences give their items. */
export function contentTokens(values: unknown): JToken[] {
  return [...iterate(values)].flatMap((value) =>
    isSequence(value) ? contentTokens(value) : [contentToken(value)],
  );
}

/** Whether content stands for several pieces. */
export function isSequence(value: unknown): boolean {
  return (
    Array.isArray(value) ||
    value instanceof ListValue ||
    value instanceof SetValue ||
    value instanceof Sequence
  );
}

/** `JToken.FromObject`: also lists, dictionaries and anonymous objects. */
export function tokenFromObject(value: unknown, depth = 0): JToken {
  spend();
  if (depth > MAXIMUM_DEPTH) return raise("JsonSerializationException", "Self referencing loop detected.");
  if (value instanceof JToken) return value.parent === null ? value : value.clone();
  const plain = plainToken(value);
  if (plain !== null) return plain;
  if (isSequence(value))
    return new JArray([...iterate(value)].map((item) => tokenFromObject(item, depth + 1)));
  return objectFrom(value, depth);
}

function objectFrom(value: unknown, depth: number): JObject {
  const result = new JObject();
  for (const [name, member] of membersOf(value)) result.set(name, tokenFromObject(member, depth + 1));
  return result;
}

function membersOf(value: unknown): Iterable<readonly [string, unknown]> {
  if (value instanceof AnonymousObject) return value.fields;
  if (value instanceof KeyedValue)
    return Array.from(value.entries(), ([key, item]) => [textOf(key), item] as const);
  if (value instanceof KeyValuePair) {
    return [
      ["Key", value.first],
      ["Value", value.value],
    ];
  }
  if (value instanceof ClrException) {
    return [
      ["ClassName", value.typeName],
      ["Message", value.message],
    ];
  }
  return raise("JsonSerializationException", `Serializing ${plainTypeName(value)} is not supported.`);
}

function plainToken(value: unknown): JValue | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return new JValue(value);
  if (numericKind(value) !== null || value instanceof Uint8Array) return new JValue(value);
  if (value instanceof Char) return new JValue(value.text());
  if (value instanceof EnumValue) return new JValue(value.value);
  const isKnown = [DateTime, DateTimeOffset, Guid, TimeSpan, UriValue].some((type) => value instanceof type);
  return isKnown ? new JValue(value) : null;
}
