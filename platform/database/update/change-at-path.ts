import { CommandError } from "../errors.ts";
import { fieldOf, isDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import type { FieldPath } from "../values/field-path.ts";
import { isArrayIndex } from "../values/field-path.ts";

/** MongoDB's limit on the nulls that fill an array up to a new index. */
const maxPadding = 1_500_000;

/**
 * A copy of `value` in which the value at `path` went through `change`. Documents on the way are created when
 * `change` makes a value where none was, arrays are filled with null; `undefined` removes a field, and makes an
 * element of an array null.
 *
 * @throws {CommandError} `PathNotViable` when a scalar, or an array without that index, is in the way
 */
export function changeAtPath(value: unknown, path: FieldPath, change: (old: unknown) => unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return change(value);
  if (isDocument(value)) return changeField(value, part, changeAtPath(fieldOf(value, part), rest, change));
  if (Array.isArray(value) && isArrayIndex(part)) {
    return changeElement(value, Number(part), changeAtPath(value[Number(part)], rest, change));
  }
  const created = changeAtPath(undefined, rest, change);
  if (created === undefined) return value;
  if (value === undefined) return { [part]: created };
  throw new CommandError("PathNotViable", `Cannot create field '${part}' in an element that is no document`);
}

function changeField(document: Document, name: string, next: unknown): Document {
  if (next !== undefined) return { ...document, [name]: next };
  if (!Object.hasOwn(document, name)) return document;
  return Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
}

function changeElement(array: readonly unknown[], index: number, next: unknown): readonly unknown[] {
  if (next === undefined && index >= array.length) return array;
  if (index > array.length + maxPadding) {
    throw new CommandError("BadValue", `can't backfill more than ${maxPadding} elements`);
  }
  const copy = [...array];
  while (copy.length < index) copy.push(null);
  copy[index] = next ?? null;
  return copy;
}
