import type { KeyField } from "../query/parse-sort.ts";
import type { Document } from "../values/document.ts";

/** An index of a collection; `_id_` is one like any other. */
export interface Index {
  readonly id: number;
  readonly name: string;
  /** The key as the client wrote it: `{patientId: 1, _id: 1}`. */
  readonly key: Document;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  /** Seconds after which a document expires by the date in the index's only field. */
  readonly expireAfterSeconds: number | undefined;
  /** Whether any document ever had an array on the way: such an index bounds one field and sorts nothing. */
  multikey: boolean;
}

/** A collection and its indexes, `_id_` first. */
export interface Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly indexes: Index[];
}

/** `<database>.<collection>`, as MongoDB writes it. */
export function namespaceOf({ database, name }: Pick<Collection, "database" | "name">): string {
  return `${database}.${name}`;
}

/** The table of a collection's documents: `rid` in order of insertion, `document` as BSON. */
export function documentTable({ id }: Collection): string {
  return `documents_${id}`;
}

/** The table of an index: `key` and `rid`, ordered by both. */
export function indexTable({ id }: Index): string {
  return `index_${id}`;
}
