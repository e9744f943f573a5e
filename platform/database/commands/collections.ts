import { cursorReply } from "../cursor-reply.ts";
import { CommandError } from "../errors.ts";
import { matches } from "../query/matches.ts";
import { parseFilter } from "../query/parse-filter.ts";
import { describeIndex } from "../store/catalog.ts";
import type { Collection } from "../store/collection.ts";
import type { Document } from "../values/document.ts";
import { decodeDocument, encodeDocument } from "../values/document.ts";
import type { Command } from "./command.ts";
import { findCollection } from "./command.ts";
import { readCount, readDocument, requireString } from "./read-field.ts";

/** `create`: a plain collection; capped ones, views, validators and time series are refused as unknown fields. */
export const create: Command = {
  fields: [],
  run(body, context) {
    const name = requireString(body, "create");
    if (findCollection(context, name)) {
      throw new CommandError("NamespaceExists", `Collection ${context.database}.${name} already exists.`);
    }
    context.store.ensure(context.database, name);
    return { ok: 1 };
  },
};

/** `drop`: to drop what is not there is no error. */
export const drop: Command = {
  fields: [],
  run(body, context) {
    const collection = findCollection(context, requireString(body, "drop"));
    if (!collection) return { ok: 1 };
    context.cursors.killAll(collection);
    const answer = {
      nIndexesWas: collection.indexes.length,
      ns: `${context.database}.${collection.name}`,
      ok: 1,
    };
    context.store.drop(collection);
    return answer;
  },
};

/** `dropDatabase`. */
export const dropDatabase: Command = {
  fields: [],
  run(_body, { store, cursors, database }) {
    for (const collection of store.catalog.list(database)) {
      cursors.killAll(collection);
      store.drop(collection);
    }
    return { dropped: database, ok: 1 };
  },
};

/** `listCollections`, with a filter on what it shows. */
export const listCollections: Command = {
  fields: ["filter", "nameOnly", "authorizedCollections", "cursor"],
  run(body, { store, cursors, database }) {
    const filter = parseFilter(readDocument(body, "filter"));
    const documents = store.catalog
      .list(database)
      .map((collection) => encodeDocument(describeCollection(collection)))
      .filter((bytes) => matches(decodeDocument(bytes), filter));
    const namespace = `${database}.$cmd.listCollections`;
    const batchSize = readCount(readDocument(body, "cursor"), "batchSize", documents.length);
    return cursorReply("firstBatch", namespace, cursors.open(namespace, documents, batchSize, false));
  },
};

/** `listDatabases`; sizes are not measured. */
export const listDatabases: Command = {
  fields: ["filter", "nameOnly", "authorizedDatabases"],
  run(body, { store }) {
    const filter = parseFilter(readDocument(body, "filter"));
    const names = [...new Set(store.catalog.list().map(({ database }) => database))];
    const databases = names
      .map((name) => ({ name, sizeOnDisk: 0, empty: false }))
      .filter((one) => matches(one, filter));
    return { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
  },
};

function describeCollection({ name, indexes }: Collection): Document {
  const [idIndex] = indexes;
  return {
    name,
    type: "collection",
    options: {},
    info: { readOnly: false },
    ...(idIndex ? { idIndex: describeIndex(idIndex) } : {}),
  };
}
