import { MAX_MARKS } from "../../../../runtime/database/access-marks.ts";
import type { Finding } from "./finding.ts";
import type { StoredDocument } from "./read-documents.ts";
import type { Access, RegisterView } from "./register-view.ts";

const CHANGES: readonly string[] = ["C", "U", "D"];

/** Every change that the register says was made is in the database; and each access is told of in one way. */
export function* checkOutcomes(
  documents: ReadonlyMap<string, StoredDocument>,
  register: RegisterView,
): Generator<Finding> {
  for (const access of register.accesses) {
    const trial = register.trialOf(access);
    const about = trial === undefined ? {} : { trial };
    const { accessId, intent, outcome, closed } = access;
    if (trial === undefined)
      yield { rule: "record-without-request", message: `access ${accessId}: nobody has asked for it` };
    if (closed ? intent !== undefined || outcome !== undefined : !intent || !outcome)
      yield {
        rule: intent ? "left-open" : "record-without-request",
        ...about,
        message: `access ${accessId}: ${Object.keys(access).join(", ")}`,
      };
    const fault = faultOf(access, documents);
    if (fault !== undefined)
      yield { rule: "record-without-change", ...about, message: `access ${accessId}: ${fault}` };
  }
}

function faultOf(
  { accessId, outcome: record }: Access,
  documents: ReadonlyMap<string, StoredDocument>,
): string | undefined {
  if (record?.outcome?.code !== 0 || record.action === undefined || !CHANGES.includes(record.action))
    return undefined;
  const { id = "" } = record.resource;
  const document = documents.get(id);
  if (!document) return `${id} was changed, and is not there`;
  const { accesses, version, deletedAt } = document;
  if (record.action === "D" && !deletedAt) return `${id} was deleted, and is there`;
  const named = record.outcome.resources?.find((one) => one.id === id)?.version;
  const mark = accesses.find(
    (one) => one.accessId === accessId && (named === undefined || one.version === named),
  );
  if (mark) return undefined;
  if (record.action === "D" && hasDeletedTests(id, accessId, documents)) return undefined;
  const isForgotten = named !== undefined && version - named >= MAX_MARKS;
  return isForgotten ? undefined : `${id} bears no mark of it, at version ${version}`;
}

/** A deletion that was cut off is finished by its repetition, which finds the patient gone and tests left. */
function hasDeletedTests(
  patientId: string,
  accessId: string,
  documents: ReadonlyMap<string, StoredDocument>,
): boolean {
  return [...documents.values()].some(
    (one) => one.patientId === patientId && one.accesses.some((mark) => mark.accessId === accessId),
  );
}
