import type { Reply } from "../../generated/patient/types.ts";
import { etagOf } from "../../runtime/etag.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { requirePatient } from "./require-patient.ts";
import { requireSameId } from "./same-id.ts";
import { storedTest, testToContract } from "./test-store.ts";

/** Corrects a test. @throws {Problem} `id-mismatch`, `patient-not-found`, `test-not-found`, `precondition-failed` */
export const updateTest: PatientHandlers["updateTest"] = async (
  { path, headers, body },
  { patients, tests, now },
): Promise<Reply<"updateTest">> => {
  requireSameId("id", body.id, path.testId);
  requireSameId("patientId", body.patientId, path.patientId);
  const patientId = await requirePatient(patients, path.patientId);
  const test = await tests.replace(
    { _id: path.testId.toLowerCase(), patientId },
    headers["if-match"],
    ({ _id, version }) => storedTest({ _id, patientId, version: version + 1, lastUpdated: now }, body),
  );
  if (!test) throw problem("test-not-found");
  return { status: 200, headers: { etag: etagOf(test) }, body: testToContract(test) };
};
