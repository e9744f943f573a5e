import type { Reply } from "../../generated/patient/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { requirePatient } from "./require-patient.ts";
import { testTombstone } from "./test-store.ts";

/** Deletes one test of a patient. @throws {Problem} `patient-not-found`, `test-not-found`, `precondition-failed` */
export const deleteTest: PatientHandlers["deleteTest"] = async (
  { path, headers },
  { patients, tests, now },
): Promise<Reply<"deleteTest">> => {
  const patientId = await requirePatient(patients, path.patientId);
  const deleted = await tests.replace(
    { _id: path.testId.toLowerCase(), patientId },
    headers["if-match"],
    (current) => testTombstone(current, now),
  );
  if (!deleted) throw problem("test-not-found");
  return { status: 204 };
};
