import type { Rule } from "../catalogue.ts";

/** A rule without its room. */
export type Row = readonly [level: Rule["level"], statement: string, source: Rule["source"]];

/** The rules of one room, such as `ref`, by what follows the room in their ids. */
export function rulesOf(room: string, rows: Readonly<Record<string, Row>>): Rule[] {
  return Object.entries(rows).map(([what, [level, statement, source]]) => ({
    id: `${room}/${what}`,
    level,
    statement,
    source,
  }));
}
