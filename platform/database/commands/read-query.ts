import type { Query } from "../planner/run-query.ts";
import { parseFilter } from "../query/parse-filter.ts";
import { parseSort } from "../query/parse-sort.ts";
import type { Document } from "../values/document.ts";
import { fieldOf } from "../values/document.ts";
import { assertSimpleCollation, readCount, readDocument } from "./read-field.ts";

/** The query of a find, count, update … from the fields `filterField`, `sort`, `skip`, `limit`, `hint`, `collation`. */
export function readQuery(body: Document, filterField: string): Query {
  assertSimpleCollation(body);
  return {
    filter: parseFilter(readDocument(body, filterField)),
    sort: parseSort(readDocument(body, "sort")),
    skip: readCount(body, "skip", 0),
    limit: readCount(body, "limit", 0),
    ...hintOf(fieldOf(body, "hint")),
  };
}

/** The driver sends an empty hint for none. */
function hintOf(hint: unknown): Pick<Query, "hint"> {
  return hint === undefined || hint === null ? {} : { hint };
}
