import { runQuery } from "../planner/run-query.ts";
import { valuesAtPath } from "../values/field-path.ts";
import { parsePath } from "../values/field-path.ts";
import { encodeValue } from "../values/encode-key.ts";
import type { Command } from "./command.ts";
import { findCollection } from "./command.ts";
import { requireString } from "./read-field.ts";
import { readQuery } from "./read-query.ts";

/** `distinct`: every value once, in BSON's order; the elements of an array rather than the array. */
export const distinct: Command = {
  fields: ["key", "query", "collation", "hint"],
  run(body, context) {
    const collection = findCollection(context, requireString(body, "distinct"));
    const path = parsePath(requireString(body, "key"));
    const values = new Map<string, unknown>();
    for (const { document } of runQuery(context.store, collection, readQuery(body, "query"))) {
      const found = valuesAtPath(document, path).flatMap((value): unknown[] =>
        Array.isArray(value) ? value : [value],
      );
      for (const value of found) {
        if (value !== undefined) values.set(encodeValue(value).toString("latin1"), value);
      }
    }
    const sorted = [...values].sort(([left], [right]) => (left < right ? -1 : 1));
    return { values: sorted.map(([, value]) => value), ok: 1 };
  },
};
