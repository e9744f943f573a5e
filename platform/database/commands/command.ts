import type { Cursors } from "../cursors.ts";
import type { Collection } from "../store/collection.ts";
import type { DocumentStore } from "../store/document-store.ts";
import type { Document } from "../values/document.ts";

/** What a command works on. */
export interface CommandContext {
  readonly store: DocumentStore;
  readonly cursors: Cursors;
  /** The database that the command names in `$db`. */
  readonly database: string;
  readonly now: () => Date;
}

/** A command of the wire protocol. */
export interface Command {
  /** The fields that it takes besides its name and the generic ones; any other is refused. */
  readonly fields: readonly string[];
  /** @returns the answer as a document, or as the bytes of one */
  run(body: Document, context: CommandContext): Document | Uint8Array;
}

/** The collection that the command's first field names, if there is one. */
export function findCollection(context: CommandContext, name: string): Collection | undefined {
  return context.store.catalog.find(context.database, name);
}
