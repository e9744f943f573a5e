import { problem } from "../../runtime/problem/problem.ts";
import type { PatientStore } from "./patient-store.ts";

/**
 * The id of a patient that exists, in lower case.
 * @throws {Problem} `patient-not-found`
 */
export async function requirePatient(patients: PatientStore, patientId: string): Promise<string> {
  const _id = patientId.toLowerCase();
  if (!(await patients.find({ _id }))) throw problem("patient-not-found");
  return _id;
}
