import { CommandError } from "../errors.ts";
import { fieldOf, isDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import { encodeKey } from "../values/encode-key.ts";
import type { KeyField } from "./parse-sort.ts";

/** The encoded keys of a document. */
export interface DocumentKeys {
  /** Distinct and in order; more than one only when an array is on the way. */
  readonly keys: readonly Buffer[];
  /** Whether an array was met, in which case bounds on several fields may not be combined. */
  readonly multikey: boolean;
}

/** A field's walk: where it has come to and what is left of its path. */
interface Walk {
  readonly value: unknown;
  readonly rest: readonly string[];
  readonly done: boolean;
}

/**
 * The keys of a document for an index or a sort: one for each element of an array on the way.
 * A missing field counts as null, an empty array as undefined, as in MongoDB.
 *
 * @throws {CommandError} `CannotIndexParallelArrays` when two fields meet different arrays
 */
export function documentKeys(document: Document, fields: readonly KeyField[]): DocumentKeys {
  const rows = expand(fields.map(({ path }) => ({ value: document, rest: path, done: false })));
  const directions = fields.map((field) => field.direction);
  const keys = rows.map((row) => encodeKey(row, directions));
  if (keys.length === 1) return { keys, multikey: hasArray(document, fields) };
  keys.sort((left, right) => Buffer.compare(left, right));
  return {
    keys: keys.filter((key, index) => index === 0 || !key.equals(keys[index - 1] ?? key)),
    multikey: true,
  };
}

/** The key by which a document is sorted: the least of its keys, which for a descending field is its greatest value. */
export function sortKey(document: Document, fields: readonly KeyField[]): Buffer {
  return documentKeys(document, fields).keys[0] ?? Buffer.alloc(0);
}

function hasArray(document: Document, fields: readonly KeyField[]): boolean {
  return fields.some(({ path }) =>
    Array.isArray(advance({ value: document, rest: path, done: false }).value),
  );
}

function expand(walks: readonly Walk[]): unknown[][] {
  const stopped = walks.map(advance);
  const array = stopped.find(({ value, done }) => !done && Array.isArray(value))?.value;
  if (!Array.isArray(array)) return [stopped.map(({ value }) => value)];
  if (stopped.some(({ value, done }) => !done && Array.isArray(value) && value !== array)) {
    throw new CommandError("CannotIndexParallelArrays", "cannot index parallel arrays");
  }
  const elements: readonly unknown[] = array.length > 0 ? array : [undefined];
  return elements.flatMap((element) =>
    expand(stopped.map((walk) => (walk.value === array && !walk.done ? enter(walk, element) : walk))),
  );
}

/** Goes on to the end of the path, to an array, or to where the field is missing. */
function advance(walk: Walk): Walk {
  if (walk.done) return walk;
  let { value, rest } = walk;
  while (rest.length > 0 && isDocument(value)) {
    value = fieldOf(value, rest[0] ?? "");
    rest = rest.slice(1);
  }
  if (Array.isArray(value)) return { value, rest, done: false };
  return { value: rest.length > 0 ? null : (value ?? null), rest: [], done: true };
}

/** An array inside an array is a value of its own. */
function enter({ rest }: Walk, element: unknown): Walk {
  if (rest.length === 0) return { value: element, rest, done: true };
  if (isDocument(element)) return { value: element, rest, done: false };
  return { value: element === undefined ? undefined : null, rest: [], done: true };
}
