/** A JSON value, as a contract holds it. Never changed after it was read: emitters share its parts. */
export type Json = null | boolean | number | string | JsonList | JsonObject;
export type JsonList = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A JSON Schema of the 2020-12 dialect, the one of OpenAPI 3.1. */
export type Schema = boolean | JsonObject;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is JsonList {
  return Array.isArray(value);
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "boolean" || isObject(value);
}

/** The object at a key, or an empty one. */
export function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isObject(value) ? value : {};
}

/** The list at a key, or an empty one. */
export function listAt(parent: JsonObject, key: string): JsonList {
  const value = parent[key];
  return isList(value) ? value : [];
}

export function stringAt(parent: JsonObject, key: string): string | undefined {
  const value = parent[key];
  return typeof value === "string" ? value : undefined;
}

/** An object but for one key. */
export function without(parent: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key));
}

/** The strings of a list; anything else in it is left out. */
export function stringsAt(parent: JsonObject, key: string): string[] {
  return listAt(parent, key).filter((item) => typeof item === "string");
}
