import { ObjectId } from "bson";
import { CommandError } from "../errors.ts";
import type { Document } from "../values/document.ts";
import { fieldOf } from "../values/document.ts";
import type { Command } from "./command.ts";
import { readBoolean, requireDocuments, requireString } from "./read-field.ts";
import { runStatements } from "./write-statements.ts";

/** `insert`: each document by itself; ordered unless it says otherwise. */
export const insert: Command = {
  fields: ["documents", "ordered", "bypassDocumentValidation"],
  run(body, { store, database }) {
    const name = requireString(body, "insert");
    const documents = requireDocuments(body, "documents");
    const collection = store.ensure(database, name);
    const { succeeded, answer } = runStatements(documents, readBoolean(body, "ordered", true), (document) =>
      store.insert(collection, withId(document)),
    );
    return { n: succeeded, ...answer, ok: 1 };
  },
};

/** The document with its id first, an ObjectId when it has none. @throws {CommandError} `InvalidIdField` */
export function withId(document: Document): Document {
  const { _id: given, ...others } = document;
  const id = Object.hasOwn(document, "_id") ? fieldOf(document, "_id") : new ObjectId();
  if (given === undefined && Object.hasOwn(document, "_id")) {
    throw new CommandError("InvalidIdField", "The '_id' value cannot be of type undefined");
  }
  return { _id: id, ...others };
}
