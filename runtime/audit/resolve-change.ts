import type { Db } from "mongodb";
import type { AccessMark, Marked } from "../database/access-marks.ts";
import { MAX_MARKS } from "../database/access-marks.ts";
import type { AuditRecord, Outcome } from "./audit-record.ts";

/** The code that stands where an answer's problem would: the access ended before anybody could tell how. */
const INTERRUPTED = "interrupted";

const CHANGES = ["C", "U", "D"];

/**
 * How an access ended that nobody has told of: what its resource's marks say of a change, and "unknown" for everything else,
 * because what was read may have left.
 * @param collections of resources, by their types in `x-audit`
 */
export async function resolveChange(
  intent: AuditRecord,
  db: Db,
  collections: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { type, id } = intent.resource;
  const name = collections[type];
  if (!CHANGES.includes(intent.action) || name === undefined || id === undefined) return UNKNOWN;
  const found = await db
    .collection<Marked & { _id: string }>(name)
    .findOne({ _id: id }, { projection: { accesses: 1 } });
  const marks = found?.accesses ?? [];
  const mark = marks.findLast(({ accessId }) => accessId === intent.accessId);
  if (mark) return made(type, id, mark);
  // A deletion may have found its resource gone, and have deleted what belonged to it.
  return marks.length < MAX_MARKS && intent.action !== "D" ? NOT_MADE : UNKNOWN;
}

const UNKNOWN: Outcome = { code: 12, error: INTERRUPTED };
const NOT_MADE: Outcome = { code: 8, error: INTERRUPTED };

function made(type: string, id: string, { version }: AccessMark): Outcome {
  const resource = { type, id, ...(version !== undefined && { version }) };
  return { code: 0, error: INTERRUPTED, resources: [resource] };
}
