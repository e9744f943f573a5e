import { Long } from "bson";
import { cursorReply } from "../cursor-reply.ts";
import { CommandError } from "../errors.ts";
import type { Document } from "../values/document.ts";
import { numberOf } from "../values/numbers.ts";
import type { Command } from "./command.ts";
import { readCount, requireString } from "./read-field.ts";

/** `getMore`: the next batch of a cursor. */
export const getMore: Command = {
  fields: ["collection", "batchSize"],
  run(body, { cursors, database }) {
    const namespace = `${database}.${requireString(body, "collection")}`;
    const batchSize = readCount(body, "batchSize", 0);
    const batch = cursors.more(
      numberOf(body.getMore) ?? 0,
      namespace,
      batchSize === 0 ? Infinity : batchSize,
    );
    return cursorReply("nextBatch", namespace, batch);
  },
};

/** `killCursors`: says which of the cursors there were. */
export const killCursors: Command = {
  fields: ["cursors"],
  run(body, { cursors }): Document {
    const ids = body.cursors;
    if (!Array.isArray(ids))
      throw new CommandError("TypeMismatch", "BSON field 'cursors' is the wrong type, expected 'array'");
    const killed = ids.filter((id) => cursors.kill(numberOf(id) ?? 0));
    const cursorsNotFound = ids.filter((id) => !killed.includes(id));
    return {
      cursorsKilled: killed.map(asLong),
      cursorsNotFound: cursorsNotFound.map(asLong),
      cursorsAlive: [],
      cursorsUnknown: [],
      ok: 1,
    };
  },
};

function asLong(id: unknown): Long {
  return Long.fromNumber(numberOf(id) ?? 0);
}
