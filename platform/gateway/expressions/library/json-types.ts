import { JArray } from "../json/j-array.ts";
import { JObject } from "../json/j-object.ts";
import { JProperty } from "../json/j-property.ts";
import type { JToken } from "../json/j-token.ts";
import { JValue } from "../json/j-value.ts";
import { objectFromToken } from "../json/object-from-token.ts";
import { parseJson } from "../json/parse-json.ts";
import { contentToken, contentTokens, isSequence, tokenFromObject } from "../json/token-from.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { raise } from "../runtime/thrown.ts";
import { defineType, type Call, type Cell } from "../types/type-definition.ts";
import { iterate } from "../runtime/iterate.ts";
import { addToObject, J_CONTAINER_TYPE, J_TOKEN_TYPE_DEFINITION, typedValue } from "./json-token-type.ts";
import { folded } from "./string-comparison.ts";

const jObjectType = defineType(
  "class Newtonsoft.Json.Linq.JObject : IEnumerable<KeyValuePair<string, JToken>>, JContainer",
  {
    holds: (value) => value instanceof JObject,
    constructors: {
      "()": () => new JObject(),
      "(JObject other)": (other: JObject) => other.clone(),
      "(object content)": (content: unknown) => filled([content]),
      "(params object[] content)": filled,
    },
    instance: {
      "JToken this[string name]": {
        get: (self: JObject, name: string) => self.get(name),
        set: (self: JObject, name: string, value: JToken | null) => self.set(name, value ?? new JValue(null)),
      },
      "void Add(string name, JToken? value)": (self: JObject, name: string, value: JToken | null) =>
        self.addProperty(new JProperty(name, value ?? new JValue(null))),
      "bool Remove(string name)": (self: JObject, name: string) => self.remove(name),
      "bool ContainsKey(string name)": (self: JObject, name: string) => self.property(name) !== null,
      "bool TryGetValue(string name, out JToken value)": (self: JObject, name: string, value: Cell) => {
        value.value = self.get(name);
        return value.value !== null;
      },
      "IEnumerable<JProperty> Properties()": (self: JObject) => self.children(),
      "IEnumerable<JToken> PropertyValues()": (self: JObject) =>
        self.children().map((property) => property.value),
      "JProperty Property(string name)": (self: JObject, name: string) => self.property(name),
      "JToken GetValue(string name)": (self: JObject, name: string) => self.get(name),
      "JToken GetValue(string name, StringComparison comparison)": (
        self: JObject,
        name: string,
        by: EnumValue,
      ) =>
        self.get(name) ??
        self.children().find((property) => folded(property.name, by) === folded(name, by))?.value ??
        null,
      "void Merge(object content)": (self: JObject, content: unknown) => merge(self, content),
    },
    statics: {
      "JObject Parse(string json)": parseObject,
      "JObject FromObject(object value)": (value: unknown) => {
        const token = tokenFromObject(value);
        if (token instanceof JObject) return token;
        return raise(
          "ArgumentException",
          "Object serialized to " + token.tokenType + ". JObject instance expected.",
        );
      },
    },
  },
);

const jArrayType = defineType("class Newtonsoft.Json.Linq.JArray : JContainer, IList<JToken>", {
  holds: (value) => value instanceof JArray,
  constructors: {
    "()": () => new JArray(),
    "(JArray other)": (other: JArray) => other.clone(),
    "(object content)": (content: unknown) => new JArray(contentTokens([content])),
    "(params object[] content)": (content: unknown) => new JArray(contentTokens(content)),
  },
  instance: {
    "JToken this[int index]": {
      get: (self: JArray, index: number) => self.at(index),
      set: (self: JArray, index: number, value: JToken | null) => self.set(index, value ?? new JValue(null)),
    },
    "void Add(JToken? item)": (self: JArray, item: JToken | null) =>
      self.insert(self.items.length, item ?? new JValue(null)),
    "void Insert(int index, JToken? item)": (self: JArray, index: number, item: JToken | null) =>
      self.insert(index, item ?? new JValue(null)),
    "bool Remove(JToken item)": (self: JArray, item: JToken) => {
      const isOwn = self.items.includes(item);
      self.removeChild(item);
      return isOwn;
    },
    "void RemoveAt(int index)": (self: JArray, index: number) => self.removeAt(index),
    "void Clear()": (self: JArray) => self.clear(),
    "int IndexOf(JToken item)": (self: JArray, item: JToken) => self.items.indexOf(item),
  },
  statics: {
    "JArray Parse(string json)": parseArray,
    "JArray FromObject(object value)": (value: unknown) => {
      const token = tokenFromObject(value);
      if (token instanceof JArray) return token;
      return raise(
        "ArgumentException",
        "Object serialized to " + token.tokenType + ". JArray instance expected.",
      );
    },
  },
});

const jPropertyType = defineType("class Newtonsoft.Json.Linq.JProperty : JContainer", {
  holds: (value) => value instanceof JProperty,
  constructors: {
    "(JProperty other)": (other: JProperty) => other.clone(),
    "(string name, object content)": (name: string, content: unknown) =>
      new JProperty(name, isSequence(content) ? new JArray(contentTokens(content)) : contentToken(content)),
    "(string name, params object[]? content)": (name: string, content: unknown) =>
      new JProperty(name, content === null ? new JValue(null) : new JArray(contentTokens(content))),
  },
  instance: {
    "string Name": (self: JProperty) => self.name,
    "JToken Value": {
      get: (self: JProperty) => self.value,
      set: (self: JProperty, value: JToken | null) => {
        self.value = value ?? new JValue(null);
      },
    },
  },
});

const jValueType = defineType("class Newtonsoft.Json.Linq.JValue : JToken", {
  holds: (value) => value instanceof JValue,
  constructors: { "(object value)": (value: unknown) => contentToken(value) },
  instance: {
    "object Value": {
      get: (self: JValue) => self.value,
      set: (self: JValue, value: unknown) => {
        self.value = value;
      },
    },
    "string ToString(string format)": (self: JValue, format: string) => self.format(format),
  },
  statics: {
    "JValue CreateNull()": () => new JValue(null),
    "JValue CreateString(string? value)": (value: string | null) => new JValue(value),
  },
});

const jsonConvertType = defineType("static Newtonsoft.Json.JsonConvert", {
  statics: {
    "string SerializeObject(object value)": (value: unknown) => tokenFromObject(value).toJson(false),
    "string SerializeObject(object value, Formatting formatting)": (value: unknown, formatting: EnumValue) =>
      tokenFromObject(value).toJson(formatting.value === 1),
    "string ToString(object value)": (value: unknown) => tokenFromObject(value).toJson(false),
    "object DeserializeObject(string json)": (json: string) => {
      const token = json.trim() === "" ? null : parseJson(json);
      return token instanceof JValue ? token.value : token;
    },
    "T DeserializeObject<T>(string json)": (json: string, call: Call) =>
      objectFromToken(json.trim() === "" ? null : parseJson(json), call.type("T")),
  },
});

const extensions = defineType("static Newtonsoft.Json.Linq.Extensions", {
  statics: {
    "IEnumerable<T> Values<T>(this IEnumerable<JToken> source, string name)": (
      source: unknown,
      name: string,
      call: Call,
    ) =>
      [...iterate(source)].map((token) =>
        typedValue(token instanceof JObject ? token.get(name) : null, call),
      ),
  },
});

/** Newtonsoft.Json and its Linq namespace. */
export const JSON_TYPES = [
  J_TOKEN_TYPE_DEFINITION,
  J_CONTAINER_TYPE,
  jObjectType,
  jArrayType,
  jPropertyType,
  jValueType,
  jsonConvertType,
  extensions,
];

/** `JObject.Parse`. @throws JsonReaderException (as .NET exception) */
export function parseObject(json: string): JObject {
  const token = parseJson(json);
  return token instanceof JObject ? token : raiseOther("JObject", "an object", token);
}

/** `JArray.Parse`. @throws JsonReaderException (as .NET exception) */
export function parseArray(json: string): JArray {
  const token = parseJson(json);
  return token instanceof JArray ? token : raiseOther("JArray", "an array", token);
}

function raiseOther(type: string, expected: string, token: JToken): never {
  const found =
    token instanceof JArray ? "StartArray" : token instanceof JObject ? "StartObject" : token.tokenType;
  return raise(
    "JsonReaderException",
    `Error reading ${type} from JsonReader. Current JsonReader item is not ${expected}: ${found}. Path '', line 1, position 1.`,
  );
}

function filled(content: readonly unknown[]): JObject {
  const result = new JObject();
  for (const item of content) addToObject(result, item);
  return result;
}

/** Objects are merged, arrays joined, other values replaced, as by default in Newtonsoft. */
function merge(target: JObject, content: unknown): void {
  const source = tokenFromObject(content);
  if (!(source instanceof JObject)) return;
  for (const { name, value } of source.children()) {
    const present = target.get(name);
    if (present instanceof JObject && value instanceof JObject) merge(present, value);
    else if (present instanceof JArray && value instanceof JArray) {
      for (const item of value.items) present.insert(present.items.length, item.clone());
    } else if (!(value instanceof JValue && value.value === null)) target.set(name, value.clone());
  }
}
