import { defaultValue } from "../runtime/default-value.ts";
import { DictionaryValue, SetValue } from "../runtime/keyed-value.ts";
import { ListValue } from "../runtime/list-value.ts";
import { toNumber } from "../runtime/number.ts";
import { raise } from "../runtime/thrown.ts";
import { displayType, type ClrType } from "../types/clr-type.ts";
import type { JToken } from "./j-token.ts";
import { JArray } from "./j-array.ts";
import { JObject } from "./j-object.ts";
import { JValue } from "./j-value.ts";
import { tokenTo } from "./token-to.ts";

/** `token.ToObject<T>()` for tokens, plain values, arrays, lists, sets and dictionaries with string keys. */
export function objectFromToken(token: JToken | null, type: ClrType): unknown {
  if (token === null || (token instanceof JValue && token.value === null)) return nullAs(type, token);
  const [first] = type.args;
  switch (type.name) {
    case "object":
      return token instanceof JValue ? token.value : token;
    case "JToken":
    case "JContainer":
      return token;
    case "JObject":
      return token instanceof JObject ? token : refuse(token, type);
    case "JArray":
      return token instanceof JArray ? token : refuse(token, type);
    case "JValue":
      return token instanceof JValue ? token : refuse(token, type);
    case "[]":
      return arrayOf(itemsOf(token, first, type), first);
    case "List":
    case "IList":
    case "IEnumerable":
    case "ICollection":
      return new ListValue(itemsOf(token, first, type));
    case "HashSet":
      return new SetValue(itemsOf(token, first, type));
    case "Dictionary":
    case "IDictionary":
      return dictionary(token, type);
    default:
      return plain(token, type);
  }
}

function nullAs(type: ClrType, token: JToken | null): unknown {
  const isToken = ["JToken", "JValue"].includes(type.name);
  return isToken ? token : defaultValue(type);
}

function itemsOf(token: JToken, element: ClrType | undefined, type: ClrType): unknown[] {
  if (!(token instanceof JArray) || element === undefined) return refuse(token, type);
  return token.items.map((item) => objectFromToken(item, element));
}

function arrayOf(items: unknown[], element: ClrType | undefined): unknown {
  return element?.name === "byte" ? Uint8Array.from(items, toNumber) : items;
}

function dictionary(token: JToken, type: ClrType): unknown {
  const [key, value] = type.args;
  if (!(token instanceof JObject) || key?.name !== "string" || value === undefined)
    return refuse(token, type);
  const result = new DictionaryValue();
  for (const property of token.children()) result.set(property.name, objectFromToken(property.value, value));
  return result;
}

function plain(token: JToken, type: ClrType): unknown {
  const convert = tokenTo(type);
  return convert === null || !(token instanceof JValue) ? refuse(token, type) : convert(token);
}

function refuse(token: JToken, type: ClrType): never {
  return raise(
    "JsonSerializationException",
    `Cannot deserialize the current JSON ${token.tokenType.toLowerCase()} into type '${displayType(type)}'. Path '${token.path}'.`,
  );
}
