/** A value as `JSON.parse` returns it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a JSON value is an object (neither an array nor null). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object, an empty one when it is none. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as an array, an empty one when it is none. */
export function arrayOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a string, an empty one when it is none. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/**
 * Parses a JSON text that must hold an object.
 *
 * @param file where the text is from, for the message
 * @throws Error when it is no JSON object
 */
export function parseObject(text: string, file: string): JsonObject {
  const value = JSON.parse(text) as Json;
  if (!isObject(value)) throw new Error(`${file}: expected a JSON object. Run \`npm run generate\`.`);
  return value;
}
