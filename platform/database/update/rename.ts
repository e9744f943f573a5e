import { CommandError } from "../errors.ts";
import { fieldOf, isDocument } from "../values/document.ts";
import type { FieldPath } from "../values/field-path.ts";
import { parsePath } from "../values/field-path.ts";
import type { FieldChange } from "./update.ts";

/** `$rename` as two changes: the old field goes, the new one gets the value that the old one had. */
export function renameChanges(from: FieldPath, target: unknown): FieldChange[] {
  if (typeof target !== "string")
    throw new CommandError("BadValue", "The 'to' field for $rename must be a string");
  return [
    { path: from, change: () => undefined },
    { path: parsePath(target), change: (old, { before }) => renamed(valueAt(before, from), old) },
  ];
}

function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const part of path) {
    if (Array.isArray(value)) throw new CommandError("BadValue", "$rename cannot reach through an array");
    if (!isDocument(value)) return undefined;
    value = fieldOf(value, part);
  }
  return value;
}

/** Null is a value; only a missing source leaves the target alone. */
function renamed(value: unknown, old: unknown): unknown {
  return value === undefined ? old : value;
}
