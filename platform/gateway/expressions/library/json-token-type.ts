import { JArray } from "../json/j-array.ts";
import { JContainer } from "../json/j-container.ts";
import { JObject } from "../json/j-object.ts";
import { JProperty } from "../json/j-property.ts";
import { JToken } from "../json/j-token.ts";
import { JValue } from "../json/j-value.ts";
import { objectFromToken } from "../json/object-from-token.ts";
import { parseJson } from "../json/parse-json.ts";
import { selectTokens } from "../json/select-tokens.ts";
import { contentToken, contentTokens, isSequence, tokenFromObject } from "../json/token-from.ts";
import { defaultValue } from "../runtime/default-value.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { J_TOKEN_TYPE } from "../runtime/enumerations.ts";
import { plainTypeName } from "../runtime/text-of.ts";
import { raise, raiseInvalidOperation } from "../runtime/thrown.ts";
import { defineType, type Call } from "../types/type-definition.ts";

/** `JToken`. */
export const J_TOKEN_TYPE_DEFINITION = defineType("class Newtonsoft.Json.Linq.JToken : IEnumerable<JToken>", {
  holds: (value) => value instanceof JToken,
  instance: {
    "JToken this[string name]": {
      get: (self: JToken, name: string) => childByName(self, name),
      set: (self: JToken, name: string, value: JToken | null) =>
        setByName(self, name, value ?? new JValue(null)),
    },
    "JToken this[int index]": {
      get: (self: JToken, index: number) => childByIndex(self, index),
      set: (self: JToken, index: number, value: JToken | null) =>
        asArray(self).set(index, value ?? new JValue(null)),
    },
    "JContainer Parent": (self: JToken) => self.parent,
    "JToken Root": rootOf,
    "string Path": (self: JToken) => self.path,
    "JTokenType Type": (self: JToken) => J_TOKEN_TYPE.of(J_TOKEN_TYPE.members.get(self.tokenType) ?? 0),
    "bool HasValues": (self: JToken) => self.children().length > 0,
    "JToken First": (self: JToken) => self.children()[0] ?? null,
    "JToken Last": (self: JToken) => self.children().at(-1) ?? null,
    "JToken Next": (self: JToken) => sibling(self, 1),
    "JToken Previous": (self: JToken) => sibling(self, -1),
    "IEnumerable<JToken> Children()": (self: JToken) => self.children(),
    "IEnumerable<T> Children<T>()": (self: JToken, call: Call) =>
      self.children().filter((child) => call.holds(call.type("T"), child)),
    "IEnumerable<JToken> Values()": (self: JToken) => self.children().map(valueOf),
    "T Value<T>()": typedValue,
    "IEnumerable<T> Values<T>()": (self: JToken, call: Call) =>
      self.children().map((child) => objectFromToken(valueOf(child), call.type("T"))),
    "T Value<T>(string name)": (self: JToken, name: string, call: Call) =>
      typedValue(childByName(self, name), call),
    "T Value<T>(int index)": (self: JToken, index: number, call: Call) =>
      typedValue(childByIndex(self, index), call),
    "JToken SelectToken(string path, bool errorWhenNoMatch = false)": (
      self: JToken,
      path: string,
      strict: boolean,
    ) => {
      const [first] = selectTokens(self, path);
      return first ?? (strict ? raise("JsonException", `Path '${path}' returned no token.`) : null);
    },
    "IEnumerable<JToken> SelectTokens(string path)": (self: JToken, path: string) => selectTokens(self, path),
    "void Remove()": (self: JToken) => self.detach(),
    "void Replace(JToken? value)": (self: JToken, value: JToken | null) =>
      self.replace(value ?? new JValue(null)),
    "JToken DeepClone()": (self: JToken) => self.clone(),
    "string ToString(Formatting formatting)": (self: JToken, formatting: EnumValue) =>
      self.toJson(formatting.value === 1),
    "T ToObject<T>()": (self: JToken, call: Call) => objectFromToken(self, call.type("T")),
  },
  statics: {
    "JToken Parse(string json)": parseJson,
    "JToken FromObject(object value)": (value: unknown) => tokenFromObject(value),
    "bool DeepEquals(JToken? left, JToken? right)": (left: JToken | null, right: JToken | null) =>
      left === null || right === null ? left === right : left.deepEquals(right),
  },
});

/** `JContainer`. */
export const J_CONTAINER_TYPE = defineType("class Newtonsoft.Json.Linq.JContainer : JToken", {
  holds: (value) => value instanceof JContainer,
  instance: {
    "int Count": (self: JContainer) => self.children().length,
    "void Add(object content)": (self: JContainer, content: unknown) => add(self, content),
    "void RemoveAll()": (self: JContainer) =>
      [...self.children()].forEach((child) => self.removeChild(child)),
    "IEnumerable<JToken> Descendants()": (self: JContainer) => self.children().flatMap(withProperties),
  },
});

/** The value of a token as T, as `Value<T>` and `Values<T>` convert it; null and missing give the default. */
export function typedValue(token: JToken | null, call: Call): unknown {
  const type = call.type("T");
  return token === null ? defaultValue(type) : objectFromToken(valueOf(token), type);
}

function valueOf(token: JToken): JToken {
  return token instanceof JProperty ? token.value : token;
}

function childByName(token: JToken, name: string): JToken | null {
  if (token instanceof JObject) return token.get(name);
  if (token instanceof JProperty) return childByName(token.value, name);
  if (token instanceof JArray) {
    return raise(
      "ArgumentException",
      `Accessed JArray values with invalid key value: "${name}". Int32 array index expected.`,
    );
  }
  return raiseNoChildren(token);
}

function childByIndex(token: JToken, index: number): JToken {
  if (token instanceof JArray) return token.at(index);
  if (token instanceof JObject) {
    return raise(
      "ArgumentException",
      `Accessed JObject values with invalid key value: ${index}. Object property name expected.`,
    );
  }
  return raiseNoChildren(token);
}

function setByName(token: JToken, name: string, value: JToken): void {
  if (token instanceof JObject) token.set(name, value);
  else childByName(token, name);
}

function asArray(token: JToken): JArray {
  return token instanceof JArray ? token : raiseNoChildren(token);
}

function raiseNoChildren(token: JToken): never {
  return raiseInvalidOperation(`Cannot access child value on ${plainTypeName(token)}.`);
}

function rootOf(token: JToken): JToken {
  let root = token;
  while (root.parent !== null) root = root.parent;
  return root;
}

function sibling(token: JToken, step: 1 | -1): JToken | null {
  const siblings = token.parent?.children() ?? [];
  const index = siblings.indexOf(token) + step;
  return siblings[index] ?? null;
}

function add(container: JContainer, content: unknown): void {
  if (container instanceof JArray) {
    for (const token of isSequence(content) ? contentTokens(content) : [contentToken(content)]) {
      container.insert(container.items.length, token);
    }
  } else if (container instanceof JObject) addToObject(container, content);
  else raise("JsonException", "Newtonsoft.Json.Linq.JProperty cannot have multiple values.");
}

/** Content of an object: properties, lists of them, or another object's properties. */
export function addToObject(target: JObject, content: unknown): void {
  if (content instanceof JProperty) target.addProperty(content);
  else if (content instanceof JObject)
    content.children().forEach((property) => target.addProperty(property.clone()));
  else if (isSequence(content)) contentTokens(content).forEach((token) => addToObject(target, token));
  else {
    raise(
      "ArgumentException",
      `Can not add ${plainTypeName(contentToken(content))} to Newtonsoft.Json.Linq.JObject.`,
    );
  }
}

function withProperties(token: JToken): JToken[] {
  return [token, ...token.children().flatMap(withProperties)];
}
