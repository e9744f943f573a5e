import { CommandError } from "../errors.ts";
import type { Match, Query } from "../planner/run-query.ts";
import { runQuery } from "../planner/run-query.ts";
import { parseProjection } from "../query/projection.ts";
import type { Collection } from "../store/collection.ts";
import { applyUpdate } from "../update/apply-update.ts";
import { parseUpdate } from "../update/parse-update.ts";
import type { Document } from "../values/document.ts";
import { fieldOf } from "../values/document.ts";
import type { Command, CommandContext } from "./command.ts";
import { findCollection } from "./command.ts";
import { readBoolean, readDocument, requireString } from "./read-field.ts";
import { readQuery } from "./read-query.ts";
import { insertUpsert } from "./update.ts";

/** What findAndModify did, before the projection. */
interface Outcome {
  readonly value: Document | null;
  readonly lastErrorObject: Document;
}

/** `findAndModify`: changes or removes one document and returns it as it was or, with `new`, as it is. */
export const findAndModify: Command = {
  fields: [
    ...[
      "query",
      "sort",
      "remove",
      "update",
      "new",
      "fields",
      "upsert",
      "hint",
      "collation",
      "bypassDocumentValidation",
    ],
  ],
  run(body, context) {
    const name = requireString(body, Object.keys(body)[0] ?? "");
    const query: Query = { ...readQuery(body, "query"), limit: 1 };
    const projection = parseProjection(readDocument(body, "fields"));
    const collection = findCollection(context, name);
    const [match] = runQuery(context.store, collection, query);
    const { value, lastErrorObject } = readBoolean(body, "remove", false)
      ? remove(context, collection, match, body)
      : modify(context, collection ?? name, match, query, body);
    return { lastErrorObject, value: value && projection ? projection(value) : value, ok: 1 };
  },
};

function remove(
  { store }: CommandContext,
  collection: Collection | undefined,
  match: Match | undefined,
  body: Document,
): Outcome {
  if (
    fieldOf(body, "update") !== undefined ||
    readBoolean(body, "upsert", false) ||
    readBoolean(body, "new", false)
  ) {
    throw new CommandError("FailedToParse", "Cannot specify both an update, upsert or new and remove=true");
  }
  if (!collection || !match) return { value: null, lastErrorObject: { n: 0 } };
  store.remove(collection, match);
  return { value: match.document, lastErrorObject: { n: 1 } };
}

function modify(
  context: CommandContext,
  collection: Collection | string,
  match: Match | undefined,
  query: Query,
  body: Document,
): Outcome {
  const change = parseUpdate(fieldOf(body, "update"));
  const returnNew = readBoolean(body, "new", false);
  if (match && typeof collection !== "string") {
    const after = applyUpdate(match.document, change, { inserting: false, now: context.now() });
    context.store.replace(collection, match, after);
    return { value: returnNew ? after : match.document, lastErrorObject: { n: 1, updatedExisting: true } };
  }
  if (!readBoolean(body, "upsert", false))
    return { value: null, lastErrorObject: { n: 0, updatedExisting: false } };
  const target =
    typeof collection === "string" ? context.store.ensure(context.database, collection) : collection;
  const inserted = insertUpsert(context, target, query, change);
  return {
    value: returnNew ? inserted : null,
    lastErrorObject: { n: 1, updatedExisting: false, upserted: fieldOf(inserted, "_id") },
  };
}
