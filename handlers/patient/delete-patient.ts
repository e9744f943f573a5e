import type { Reply } from "../../generated/patient/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { patientTombstone } from "./patient-store.ts";

/**
 * Deletes a patient, then the patient's tests. A crash in between leaves tests that nothing can reach, because each read of
 * a test asks for its patient first; the repeated deletion removes them.
 * @throws {Problem} `patient-not-found`, `precondition-failed`
 */
export const deletePatient: PatientHandlers["deletePatient"] = async (
  { path, headers },
  { patients, tests, now },
): Promise<Reply<"deletePatient">> => {
  const _id = path.patientId.toLowerCase();
  const deleted = await patients.replace({ _id }, headers["if-match"], (current) =>
    patientTombstone(current, now),
  );
  // Also for a patient who is gone: it finishes a deletion that was cut off between the patient and the tests, and is then
  // the deletion that was asked for. A 404 would be recorded as nothing done.
  const deletedTests = await tests.deleteAllOf(_id, now);
  if (!deleted && deletedTests === 0) throw problem("patient-not-found");
  return { status: 204 };
};
