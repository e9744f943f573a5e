import { CommandError, notImplemented } from "../errors.ts";
import { fieldOf, isDocument } from "./document.ts";

/** A dotted path, taken apart: `"a.0.b"` is `["a", "0", "b"]`. */
export type FieldPath = readonly string[];

/**
 * @throws {CommandError} `EmptyFieldName` for an empty part, `BadValue` for a part that begins with `$`
 * (positional operators included), `NotImplemented` for a name that JavaScript reserves
 */
export function parsePath(path: string): FieldPath {
  const parts = path.split(".");
  for (const part of parts) {
    if (part === "")
      throw new CommandError("EmptyFieldName", `The path '${path}' contains an empty field name`);
    if (part.startsWith("$"))
      throw new CommandError("BadValue", `FieldPath field names may not start with '$': '${path}'`);
    if (part === "__proto__" || part === "_bsontype") throw notImplemented(`a field named ${part}`);
  }
  return parts;
}

/** Whether a part of a path can be the index of an array. */
export function isArrayIndex(part: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(part);
}

/**
 * What a query sees at a path: arrays on the way are searched, an array at its end is one value.
 * `undefined` stands for a missing field; an array without documents on the way yields nothing at all.
 */
export function valuesAtPath(root: unknown, path: FieldPath): unknown[] {
  const found: unknown[] = [];
  walk(root, path, 0, found);
  return found;
}

function walk(value: unknown, path: FieldPath, depth: number, found: unknown[]): void {
  const part = path[depth];
  if (part === undefined) found.push(value);
  else if (isDocument(value) && Object.hasOwn(value, part))
    walk(fieldOf(value, part), path, depth + 1, found);
  else if (Array.isArray(value)) walkArray(value, path, depth, found);
  else found.push(undefined);
}

function walkArray(array: readonly unknown[], path: FieldPath, depth: number, found: unknown[]): void {
  const part = path[depth] ?? "";
  if (isArrayIndex(part) && Number(part) < array.length) walk(array[Number(part)], path, depth + 1, found);
  for (const element of array) {
    if (isDocument(element)) walk(element, path, depth, found);
  }
}
