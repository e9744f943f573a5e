import type { Db } from "mongodb";
import type { AccessMark, Marked } from "../database/access-marks.ts";
import type { AuditRecord, Outcome } from "./audit-record.ts";

/** The code that stands where an answer's problem would: the access ended before anybody could tell how. */
const INTERRUPTED = "interrupted";

const CHANGES = ["C", "U", "D"];

/**
 * How an access ended that nobody has told of. A change whose mark its resource bears was made. All else is unknown: what was read
 * may have left, and a process that is only paused may still make its change.
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
  const mark = found?.accesses?.findLast(({ accessId }) => accessId === intent.accessId);
  return mark ? made(type, id, mark) : UNKNOWN;
}

const UNKNOWN: Outcome = { code: 12, error: INTERRUPTED };

function made(type: string, id: string, { version }: AccessMark): Outcome {
  const resource = { type, id, ...(version !== undefined && { version }) };
  return { code: 0, error: INTERRUPTED, resources: [resource] };
}
