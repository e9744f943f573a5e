import type { Document } from "../values/document.ts";
import type { FieldPath } from "../values/field-path.ts";

/** A parsed update: the whole new document, or changes of single fields. */
export type Update =
  | { readonly kind: "replacement"; readonly document: Document }
  | { readonly kind: "changes"; readonly changes: readonly FieldChange[] };

/** One change of one field, in the order in which MongoDB applies them: by path. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly change: Change;
}

/**
 * From the old value to the new one; `undefined` is a field that is not there.
 * A rename reads its value from the document as it was.
 */
export type Change = (old: unknown, situation: UpdateSituation) => unknown;

/** What a change may depend on. */
export interface UpdateSituation {
  /** The document before any of the changes. */
  readonly before: Document;
  /** Whether an upsert is making the document. */
  readonly inserting: boolean;
  readonly now: Date;
}
