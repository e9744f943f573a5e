import { CommandError } from "../errors.ts";
import type { Document } from "../values/document.ts";
import type { Direction } from "../values/encode-key.ts";
import type { FieldPath } from "../values/field-path.ts";
import { parsePath } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";

/** One field of a sort or of an index key. */
export interface KeyField {
  /** The dotted path as it was written. */
  readonly name: string;
  readonly path: FieldPath;
  readonly direction: Direction;
}

/** Parses a sort document. @throws {CommandError} `BadValue` for a direction other than 1 and -1 */
export function parseSort(sort: Document): readonly KeyField[] {
  return Object.entries(sort).map(([name, value]) => ({
    name,
    path: parsePath(name),
    direction: direction(name, value),
  }));
}

function direction(name: string, value: unknown): Direction {
  const number = numberOf(value);
  if (number === 1 || number === -1) return number;
  throw new CommandError("BadValue", `Illegal key in $sort specification: ${name}: expected 1 or -1`);
}
