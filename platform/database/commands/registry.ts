import { aggregate } from "./aggregate.ts";
import { create, drop, dropDatabase, listCollections, listDatabases } from "./collections.ts";
import type { Command } from "./command.ts";
import { count } from "./count.ts";
import { deleteCommand } from "./delete.ts";
import { distinct } from "./distinct.ts";
import { explain } from "./explain.ts";
import { findAndModify } from "./find-and-modify.ts";
import { find } from "./find.ts";
import { getMore, killCursors } from "./get-more.ts";
import { createIndexes, dropIndexes, listIndexes } from "./indexes.ts";
import { insert } from "./insert.ts";
import { authenticate, buildInfo, endSessions, hello, ping } from "./server.ts";
import { update } from "./update.ts";

/** Every command by its name in lower case. What is not here is answered with `CommandNotFound`. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["hello", hello],
  ["ismaster", hello],
  ["ping", ping],
  ["buildinfo", buildInfo],
  ["endsessions", endSessions],
  ["saslstart", authenticate],
  ["saslcontinue", authenticate],
  ["authenticate", authenticate],
  ["insert", insert],
  ["update", update],
  ["delete", deleteCommand],
  ["findandmodify", findAndModify],
  ["find", find],
  ["getmore", getMore],
  ["killcursors", killCursors],
  ["aggregate", aggregate],
  ["count", count],
  ["distinct", distinct],
  ["explain", explain],
  ["createindexes", createIndexes],
  ["listindexes", listIndexes],
  ["dropindexes", dropIndexes],
  ["create", create],
  ["drop", drop],
  ["dropdatabase", dropDatabase],
  ["listcollections", listCollections],
  ["listdatabases", listDatabases],
]);
