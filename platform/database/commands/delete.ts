import { CommandError } from "../errors.ts";
import { runQuery } from "../planner/run-query.ts";
import type { Document } from "../values/document.ts";
import type { Command, CommandContext } from "./command.ts";
import { findCollection } from "./command.ts";
import {
  assertFields,
  readBoolean,
  readCount,
  requireDocument,
  requireDocuments,
  requireString,
} from "./read-field.ts";
import { readQuery } from "./read-query.ts";
import { runStatements } from "./write-statements.ts";

/** `delete`: statements that remove the first match (`limit: 1`) or all of them (`limit: 0`). */
export const deleteCommand: Command = {
  fields: ["deletes", "ordered"],
  run(body, context) {
    const name = requireString(body, "delete");
    let n = 0;
    const { answer } = runStatements(
      requireDocuments(body, "deletes"),
      readBoolean(body, "ordered", true),
      (statement) => {
        n += runStatement(context, name, statement);
      },
    );
    return { n, ...answer, ok: 1 };
  },
};

function runStatement(context: CommandContext, name: string, statement: Document): number {
  assertFields("delete.deletes", statement, ["q", "limit", "hint", "collation"]);
  requireDocument(statement, "q");
  if (readCount(statement, "limit", 2) > 1)
    throw new CommandError("FailedToParse", "The limit field in delete objects must be 0 or 1");
  const collection = findCollection(context, name);
  if (!collection) return 0;
  const matches = Array.from(runQuery(context.store, collection, readQuery(statement, "q")));
  for (const match of matches) context.store.remove(collection, match);
  return matches.length;
}
