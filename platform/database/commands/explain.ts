import { notImplemented } from "../errors.ts";
import { explainQuery } from "../planner/explain-query.ts";
import type { Command } from "./command.ts";
import { find } from "./find.ts";
import { findCollection } from "./command.ts";
import { assertFields, readDocument, requireDocument } from "./read-field.ts";
import { readQuery } from "./read-query.ts";
import { CommandError } from "../errors.ts";
import { count } from "./count.ts";
import { genericFields } from "./generic-fields.ts";
import { parseProjection } from "../query/projection.ts";

/** `explain` of a find or a count: always with what was examined, whatever the verbosity. */
export const explain: Command = {
  fields: ["verbosity"],
  run(body, context) {
    const command = requireDocument(body, "explain");
    const [name = ""] = Object.keys(command);
    if (name !== "find" && name !== "count") throw notImplemented(`explain of ${name}`);
    assertFields(name, command, [name, ...(name === "find" ? find : count).fields, ...genericFields]);
    const target = command[name];
    const collection = typeof target === "string" ? findCollection(context, target) : undefined;
    if (!collection) throw new CommandError("NamespaceNotFound", `ns does not exist: ${context.database}`);
    parseProjection(readDocument(command, "projection"));
    return explainQuery(context.store, collection, readQuery(command, name === "find" ? "filter" : "query"));
  },
};
