import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { patientTombstone } from "./patient-store.ts";

/**
 * Deletes a patient, then the patient's tests. A crash in between leaves tests that nothing can reach: each read of a
 * test asks for its patient first.
 * @throws {Problem} `patient-not-found`, `precondition-failed`
 */
export const deletePatient: PatientHandlers["deletePatient"] = async (
  { path, headers },
  { patients, tests, now },
) => {
  const _id = path.patientId.toLowerCase();
  const deleted = await patients.replace({ _id }, headers["if-match"], (current) =>
    patientTombstone(current, now),
  );
  if (!deleted) throw problem("patient-not-found");
  await tests.deleteAllOf(_id, now);
  return { status: 204 };
};
