import type { Reply } from "../../generated/patient/types.ts";
import { etagOf } from "../../runtime/etag.ts";
import type { PatientHandlers } from "./context.ts";
import { problem } from "../../runtime/problem/problem.ts";
import { requirePatient } from "./require-patient.ts";
import { requireSameId } from "./same-id.ts";
import { storedTest, testToContract, testTombstone } from "./test-store.ts";

/**
 * Adds a test to a patient. A patient who is deleted meanwhile takes the test along: it is looked for again after the test
 * is there, so either we see the deletion or the deletion sees the test.
 * @throws {Problem} `id-mismatch`, `patient-not-found`
 */
export const createTest: PatientHandlers["createTest"] = async (
  { path, body },
  { patients, tests, newId, now },
): Promise<Reply<"createTest">> => {
  requireSameId("patientId", body.patientId, path.patientId);
  const patientId = await requirePatient(patients, path.patientId);
  const test = await tests.insert(storedTest({ _id: newId, patientId, version: 1, lastUpdated: now }, body));
  if (!(await patients.find({ _id: patientId }))) {
    await tests.replace({ _id: newId, patientId }, undefined, (current) => testTombstone(current, now));
    throw problem("patient-not-found");
  }
  return {
    status: 201,
    headers: { etag: etagOf(test), location: `/patient/${patientId}/tests/${newId}` },
    body: testToContract(test),
  };
};
