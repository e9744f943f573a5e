import { CommandError } from "../errors.ts";
import { equalValues } from "../values/compare-values.ts";
import type { Document } from "../values/document.ts";
import { fieldOf, isDocument } from "../values/document.ts";
import { changeAtPath } from "./change-at-path.ts";
import type { FieldChange, Update, UpdateSituation } from "./update.ts";

/**
 * The document after the update; the one given is left as it is.
 *
 * @throws {CommandError} `ImmutableField` when `_id` would change, `PathNotViable`, `TypeMismatch`
 */
export function applyUpdate(
  before: Document,
  update: Update,
  situation: Omit<UpdateSituation, "before">,
): Document {
  if (update.kind === "replacement") return withIdFirst(fieldOf(before, "_id"), update.document);
  const after = applyChanges(before, update.changes, situation);
  if (Object.hasOwn(before, "_id") && !Object.hasOwn(after, "_id")) throw immutableId();
  return withIdFirst(fieldOf(before, "_id"), after);
}

function applyChanges(
  before: Document,
  changes: readonly FieldChange[],
  situation: Omit<UpdateSituation, "before">,
): Document {
  let after: unknown = before;
  for (const { path, change } of changes) {
    after = changeAtPath(after, path, (old) => change(old, { ...situation, before }));
  }
  return isDocument(after) ? after : {};
}

/** Keeps the id that the document had, if it had one. */
function withIdFirst(oldId: unknown, after: Document): Document {
  const { _id: newId, ...others } = after;
  const id = oldId === undefined ? newId : oldId;
  if (newId !== undefined && !equalValues(id, newId)) throw immutableId();
  return id === undefined ? others : { _id: id, ...others };
}

function immutableId(): CommandError {
  return new CommandError(
    "ImmutableField",
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}
