import { cursorReply } from "../cursor-reply.ts";
import { CommandError } from "../errors.ts";
import { describeIndex } from "../store/catalog.ts";
import type { Collection, Index } from "../store/collection.ts";
import type { DocumentStore } from "../store/document-store.ts";
import type { IndexSpecification } from "../store/index-specification.ts";
import { parseIndexSpecification } from "../store/index-specification.ts";
import { equalValues } from "../values/compare-values.ts";
import { encodeDocument, fieldOf, isDocument } from "../values/document.ts";
import type { Command, CommandContext } from "./command.ts";
import { findCollection } from "./command.ts";
import { readCount, readDocument, requireDocuments, requireString } from "./read-field.ts";

/** `createIndexes`: all of them, or none. */
export const createIndexes: Command = {
  fields: ["indexes"],
  run(body, { store, database }) {
    const name = requireString(body, "createIndexes");
    const specifications = requireDocuments(body, "indexes").map(parseIndexSpecification);
    if (specifications.length === 0)
      throw new CommandError("BadValue", "Must specify at least one index to create");
    const existing = store.catalog.find(database, name);
    const collection = existing ?? store.ensure(database, name);
    const numIndexesBefore = collection.indexes.length;
    build(store, collection, specifications);
    return {
      numIndexesBefore,
      numIndexesAfter: collection.indexes.length,
      createdCollectionAutomatically: !existing,
      ok: 1,
    };
  },
};

/** `listIndexes`. */
export const listIndexes: Command = {
  fields: ["cursor"],
  run(body, context) {
    const name = requireString(body, "listIndexes");
    const documents = requireCollection(context, name).indexes.map((index) =>
      encodeDocument(describeIndex(index)),
    );
    const namespace = `${context.database}.${name}`;
    const batchSize = readCount(readDocument(body, "cursor"), "batchSize", documents.length);
    return cursorReply("firstBatch", namespace, context.cursors.open(namespace, documents, batchSize, false));
  },
};

/** `dropIndexes`: by name, by key, or `*` for all but `_id_`. */
export const dropIndexes: Command = {
  fields: ["index"],
  run(body, context) {
    const collection = requireCollection(context, requireString(body, "dropIndexes"));
    const nIndexesWas = collection.indexes.length;
    const doomed = selected(collection, fieldOf(body, "index"));
    context.cursors.killAll(collection);
    for (const index of doomed) context.store.dropIndex(collection, index);
    return { nIndexesWas, ok: 1 };
  },
};

function build(
  store: DocumentStore,
  collection: Collection,
  specifications: readonly IndexSpecification[],
): void {
  const built: Index[] = [];
  try {
    for (const specification of specifications) {
      if (!exists(collection, specification)) built.push(store.buildIndex(collection, specification));
    }
  } catch (error) {
    if (error instanceof CommandError) built.forEach((index) => store.dropIndex(collection, index));
    throw error;
  }
}

/** @throws {CommandError} when the name or the key is another index's */
function exists({ indexes }: Collection, wanted: IndexSpecification): boolean {
  const sameKey = indexes.find(({ key }) => equalValues(key, wanted.key));
  const sameName = indexes.find(({ name }) => name === wanted.name);
  if (sameName && sameName !== sameKey) {
    throw new CommandError(
      "IndexKeySpecsConflict",
      `An existing index has the same name as the requested index: ${wanted.name}`,
    );
  }
  if (!sameKey) return false;
  const isSame = sameKey.unique === wanted.unique && sameKey.expireAfterSeconds === wanted.expireAfterSeconds;
  if (sameKey.name === "_id_" || (isSame && sameName)) return true;
  throw new CommandError(
    "IndexOptionsConflict",
    `Index already exists with a different name or options: ${sameKey.name}`,
  );
}

function selected({ indexes }: Collection, wanted: unknown): Index[] {
  const others = indexes.filter(({ name }) => name !== "_id_");
  if (wanted === "*") return others;
  return (Array.isArray(wanted) ? wanted : [wanted]).map((one: unknown) => selectedOne(indexes, one));
}

function selectedOne(indexes: readonly Index[], wanted: unknown): Index {
  const index = indexes.find(
    ({ name, key }) => name === wanted || (isDocument(wanted) && equalValues(key, wanted)),
  );
  if (!index) throw new CommandError("IndexNotFound", "index not found with the name or key given");
  if (index.name === "_id_") throw new CommandError("InvalidOptions", "cannot drop _id index");
  return index;
}

/** @throws {CommandError} `NamespaceNotFound` */
function requireCollection(context: CommandContext, name: string): Collection {
  const collection = findCollection(context, name);
  if (collection) return collection;
  throw new CommandError("NamespaceNotFound", `ns does not exist: ${context.database}.${name}`);
}
