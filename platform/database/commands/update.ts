import { CommandError } from "../errors.ts";
import type { Query } from "../planner/run-query.ts";
import { runQuery } from "../planner/run-query.ts";
import type { Collection } from "../store/collection.ts";
import { applyUpdate } from "../update/apply-update.ts";
import { parseUpdate } from "../update/parse-update.ts";
import type { Update } from "../update/update.ts";
import { upsertSeed } from "../update/upsert-seed.ts";
import type { Document } from "../values/document.ts";
import { fieldOf } from "../values/document.ts";
import type { Command, CommandContext } from "./command.ts";
import { findCollection } from "./command.ts";
import { withId } from "./insert.ts";
import { assertFields, readBoolean, requireDocument, requireDocuments, requireString } from "./read-field.ts";
import { readQuery } from "./read-query.ts";
import { runStatements } from "./write-statements.ts";

/** What an update command has done so far. */
interface Total {
  n: number;
  nModified: number;
}

/** `update`: statements that change the first match or, with `multi`, all of them; `upsert` makes what is missing. */
export const update: Command = {
  fields: ["updates", "ordered", "bypassDocumentValidation"],
  run(body, context) {
    const name = requireString(body, "update");
    const total: Total = { n: 0, nModified: 0 };
    const upserted: Document[] = [];
    const { answer } = runStatements(
      requireDocuments(body, "updates"),
      readBoolean(body, "ordered", true),
      (statement, index) => {
        const result = runStatement(context, name, statement, total);
        if (result) upserted.push({ index, _id: fieldOf(result, "_id") });
      },
    );
    return {
      n: total.n,
      nModified: total.nModified,
      ...(upserted.length > 0 ? { upserted } : {}),
      ...answer,
      ok: 1,
    };
  },
};

/** Makes the document that an upsert asks for. @returns it, as stored */
export function insertUpsert(
  context: CommandContext,
  collection: Collection,
  query: Query,
  change: Update,
): Document {
  const seed = upsertSeed(query.filter, change.kind === "replacement");
  const document = withId(applyUpdate(seed, change, { inserting: true, now: context.now() }));
  context.store.insert(collection, document);
  return document;
}

/** @returns the document that an upsert made */
function runStatement(
  context: CommandContext,
  name: string,
  statement: Document,
  total: Total,
): Document | undefined {
  assertFields("update.updates", statement, ["q", "u", "multi", "upsert", "hint", "collation"]);
  requireDocument(statement, "q");
  const change = parseUpdate(fieldOf(statement, "u"));
  const multi = readBoolean(statement, "multi", false);
  if (multi && change.kind === "replacement") {
    throw new CommandError("FailedToParse", "multi update is not supported for replacement-style update");
  }
  const query: Query = { ...readQuery(statement, "q"), limit: multi ? 0 : 1 };
  const collection = findCollection(context, name);
  if (collection && updateMatches(context, collection, query, change, total)) return undefined;
  if (!readBoolean(statement, "upsert", false)) return undefined;
  const inserted = insertUpsert(context, context.store.ensure(context.database, name), query, change);
  total.n++;
  return inserted;
}

/** Counts as it goes, so that what was changed before a refusal is counted. @returns whether there was any match */
function updateMatches(
  context: CommandContext,
  collection: Collection,
  query: Query,
  change: Update,
  total: Total,
): boolean {
  const situation = { inserting: false, now: context.now() };
  const matches = Array.from(runQuery(context.store, collection, query));
  for (const match of matches) {
    const changed = context.store.replace(collection, match, applyUpdate(match.document, change, situation));
    total.n++;
    if (changed) total.nModified++;
  }
  return matches.length > 0;
}
