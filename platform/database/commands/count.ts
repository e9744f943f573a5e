import { countLazily } from "../planner/lazy.ts";
import type { Query } from "../planner/run-query.ts";
import { runQuery } from "../planner/run-query.ts";
import type { Command } from "./command.ts";
import { findCollection } from "./command.ts";
import { requireString } from "./read-field.ts";
import { readQuery } from "./read-query.ts";

/** `count`: what `estimatedDocumentCount` sends; it counts exactly. */
export const count: Command = {
  fields: ["query", "limit", "skip", "hint", "collation"],
  run(body, context) {
    const collection = findCollection(context, requireString(body, "count"));
    const query = readQuery(body, "query");
    const n =
      isWhole(query) && collection
        ? context.store.count(collection)
        : countLazily(runQuery(context.store, collection, query));
    return { n, ok: 1 };
  },
};

/** Whether it asks for the whole collection, which SQLite counts without reading documents. */
function isWhole({ filter, skip, limit, hint }: Query): boolean {
  return (
    filter.kind === "and" && filter.filters.length === 0 && skip === 0 && limit === 0 && hint === undefined
  );
}
