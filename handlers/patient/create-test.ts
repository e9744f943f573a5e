import { etagOf } from "../../runtime/etag.ts";
import type { PatientHandlers } from "./context.ts";
import { requirePatient } from "./require-patient.ts";
import { requireSameId } from "./same-id.ts";
import { storedTest, testToContract } from "./test-store.ts";

/** Adds a test to a patient. @throws {Problem} `id-mismatch`, `patient-not-found` */
export const createTest: PatientHandlers["createTest"] = async (
  { path, body },
  { patients, tests, newId, now },
) => {
  requireSameId("patientId", body.patientId, path.patientId);
  const patientId = await requirePatient(patients, path.patientId);
  const test = await tests.insert(storedTest({ _id: newId, patientId, version: 1, lastUpdated: now }, body));
  return {
    status: 201,
    headers: { etag: etagOf(test), location: `/patient/${patientId}/tests/${newId}` },
    body: testToContract(test),
  };
};
