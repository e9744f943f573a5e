import { notImplemented } from "../errors.ts";
import { cursorReply } from "../cursor-reply.ts";
import type { Match } from "../planner/run-query.ts";
import { runQuery } from "../planner/run-query.ts";
import type { Projection } from "../query/projection.ts";
import { parseProjection } from "../query/projection.ts";
import { encodeDocument } from "../values/document.ts";
import type { Command } from "./command.ts";
import { findCollection } from "./command.ts";
import { readBoolean, readCount, readDocument, requireString } from "./read-field.ts";
import { readQuery } from "./read-query.ts";

/** The first batch, in documents, of a find that does not say. */
export const defaultBatchSize = 101;

/** `find`: a first batch, and a cursor for the rest. */
export const find: Command = {
  fields: [
    ...["filter", "sort", "projection", "skip", "limit", "batchSize", "singleBatch", "hint", "collation"],
    ...["allowDiskUse", "tailable", "awaitData", "noCursorTimeout", "allowPartialResults"],
  ],
  run(body, context) {
    for (const name of ["tailable", "awaitData", "noCursorTimeout"]) {
      if (readBoolean(body, name, false)) throw notImplemented(`find with ${name}`);
    }
    const name = requireString(body, "find");
    const matches = runQuery(context.store, findCollection(context, name), readQuery(body, "filter"));
    const documents = project(matches, parseProjection(readDocument(body, "projection")));
    const namespace = `${context.database}.${name}`;
    const batchSize = readCount(body, "batchSize", defaultBatchSize);
    const batch = context.cursors.open(
      namespace,
      documents,
      batchSize,
      readBoolean(body, "singleBatch", false),
    );
    return cursorReply("firstBatch", namespace, batch);
  },
};

function* project(matches: Iterable<Match>, projection: Projection | undefined): Generator<Uint8Array> {
  for (const { bytes, document } of matches) yield projection ? encodeDocument(projection(document)) : bytes;
}
