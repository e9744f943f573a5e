import type { AccessMark } from "../../../../runtime/database/access-marks.ts";
import { MAX_MARKS } from "../../../../runtime/database/access-marks.ts";
import type { Finding } from "./finding.ts";
import type { StoredDocument } from "./read-documents.ts";
import type { Access, RegisterView } from "./register-view.ts";

/**
 * Every change in the database has an intent, and an outcome that is 0 and names it, or 12; never one that says that it was
 * not made. A reconciler says 12 only where no mark tells it more. Versions are counted without a gap.
 */
export function* checkChanges(
  documents: ReadonlyMap<string, StoredDocument>,
  register: RegisterView,
): Generator<Finding> {
  for (const document of documents.values()) {
    const gap = gapIn(document);
    if (gap !== undefined) yield { rule: "change-without-record", message: `${document._id}: ${gap}` };
    for (const mark of document.accesses) yield* judgeMark(mark, document, register);
  }
}

function* judgeMark(mark: AccessMark, document: StoredDocument, register: RegisterView): Generator<Finding> {
  const { _id, type } = document;
  const { accessId, version } = mark;
  const where = `${type} ${_id}, version ${version ?? "by its patient"}, access ${accessId}`;
  const access = register.access(accessId);
  const trial = access && register.trialOf(access);
  const about = trial === undefined ? {} : { trial };
  if (!access?.intent) {
    yield { rule: "change-without-record", ...about, message: `${where}: no intent` };
    return;
  }
  const { outcome } = access.outcome ?? {};
  if (!outcome) yield { rule: "change-without-record", ...about, message: `${where}: no outcome` };
  else if (
    outcome.code === 0 ? !isNamed(mark, document, access) : !mayHaveChanged(outcome.code, document, access)
  )
    yield {
      rule: outcome.code === 0 ? "change-without-record" : "change-called-undone",
      ...about,
      message: `${where}: ${access.intent.operationId} ended with ${JSON.stringify(outcome)}`,
    };
  else if (outcome.error === "interrupted" && outcome.code === 12 && access.intent.resource.id === _id)
    yield {
      rule: "change-called-unknown",
      ...about,
      message: `${where}: ${access.intent.operationId} was closed as unknown, though its mark was there`,
    };
}

/**
 * A test whose patient is deleted while it is added is taken back, by the access that added it or by the deletion: nobody was
 * told of it, and the access is refused.
 */
function mayHaveChanged(
  code: number,
  { accesses, deletedAt }: StoredDocument,
  { accessId, outcome }: Access,
): boolean {
  const isTakenBack = deletedAt !== undefined && accesses.length === 2 && accesses[0]?.accessId === accessId;
  return code === 12 || (code === 4 && outcome?.operationId === "createTest" && isTakenBack);
}

/** A deletion answers no content: its record names what it was for. Of a patient's tests it names the patient. */
function isNamed({ version }: AccessMark, { _id, patientId }: StoredDocument, access: Access): boolean {
  const { resource, outcome } = access.outcome ?? {};
  if (resource?.operation === "delete") return resource.id === _id || resource.id === patientId;
  return outcome?.resources?.some((one) => one.id === _id && one.version === version) === true;
}

/** The marks are those of the last versions, in their order; one that came with many others bears none. */
function gapIn({ version, accesses }: StoredDocument): string | undefined {
  const kept = Math.min(version, MAX_MARKS);
  if (accesses.length !== kept) return `version ${version} has ${accesses.length} marks`;
  const isInOrder = accesses.every((mark, index) => {
    const expected = version - kept + 1 + index;
    return mark.version === expected || (mark.version === undefined && expected === version);
  });
  return isInOrder ? undefined : `version ${version} has the marks ${JSON.stringify(accesses)}`;
}
