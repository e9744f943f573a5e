import { parseStage } from "../aggregation/stage.ts";
import { cursorReply } from "../cursor-reply.ts";
import { CommandError } from "../errors.ts";
import { mapLazily } from "../planner/lazy.ts";
import type { Query } from "../planner/run-query.ts";
import { runQuery } from "../planner/run-query.ts";
import type { Document } from "../values/document.ts";
import { encodeDocument, fieldOf, isDocument } from "../values/document.ts";
import type { Command } from "./command.ts";
import { findCollection } from "./command.ts";
import { defaultBatchSize } from "./find.ts";
import { readCount, readDocument, requireDocuments, requireString } from "./read-field.ts";
import { readQuery } from "./read-query.ts";

/** `aggregate` on a collection. A `$match` at the start, and a `$sort` after it, use the indexes. */
export const aggregate: Command = {
  fields: ["pipeline", "cursor", "allowDiskUse", "collation", "hint", "bypassDocumentValidation"],
  run(body, context) {
    const name = requireString(body, "aggregate");
    const pipeline = requireDocuments(body, "pipeline");
    const stages = pipeline.map(parseStage);
    const { query, pushed } = pushDown(body, pipeline);
    const matches = runQuery(context.store, findCollection(context, name), query);
    const found = mapLazily(matches, ({ document }) => document);
    const documents = stages.slice(pushed).reduce<Iterable<Document>>((input, stage) => stage(input), found);
    const namespace = `${context.database}.${name}`;
    const batchSize = readCount(cursorOptions(body), "batchSize", defaultBatchSize);
    const encoded = mapLazily(documents, encodeDocument);
    return cursorReply("firstBatch", namespace, context.cursors.open(namespace, encoded, batchSize, false));
  },
};

/** What of the pipeline the planner takes over, and how many stages that is. */
function pushDown(body: Document, pipeline: readonly Document[]): { query: Query; pushed: number } {
  const filter = fieldOf(pipeline[0] ?? {}, "$match");
  const matched = isDocument(filter) ? 1 : 0;
  const sort = fieldOf(pipeline[matched] ?? {}, "$sort");
  const query = readQuery(
    {
      filter: isDocument(filter) ? filter : {},
      sort: isDocument(sort) ? sort : {},
      hint: fieldOf(body, "hint"),
      collation: readDocument(body, "collation"),
    },
    "filter",
  );
  return { query, pushed: matched + (isDocument(sort) ? 1 : 0) };
}

function cursorOptions(body: Document): Document {
  if (fieldOf(body, "cursor") !== undefined) return readDocument(body, "cursor");
  throw new CommandError("FailedToParse", "The 'cursor' option is required");
}
