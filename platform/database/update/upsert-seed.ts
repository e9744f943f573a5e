import type { Filter } from "../query/filter.ts";
import type { Document } from "../values/document.ts";
import { isDocument } from "../values/document.ts";
import { changeAtPath } from "./change-at-path.ts";

/**
 * The document that an upsert starts from: the fields that the query requires to equal a value.
 *
 * @param onlyId for a replacement, which takes nothing but `_id` from the query
 */
export function upsertSeed(filter: Filter, onlyId: boolean): Document {
  let seed: unknown = {};
  for (const { path, value } of equalities(filter)) {
    if (!onlyId || path[0] === "_id") seed = changeAtPath(seed, path, () => value);
  }
  return isDocument(seed) ? seed : {};
}

function equalities(filter: Filter): { path: readonly string[]; value: unknown }[] {
  if (filter.kind === "and") return filter.filters.flatMap(equalities);
  if (filter.kind !== "path" || filter.predicate.kind !== "equal") return [];
  return [{ path: filter.path, value: filter.predicate.value }];
}
