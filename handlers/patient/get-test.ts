import type { Reply } from "../../generated/patient/types.ts";
import { etagOf, isCurrent } from "../../runtime/etag.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { requirePatient } from "./require-patient.ts";
import { testToContract } from "./test-store.ts";

/** Reads one test of a patient. @throws {Problem} `patient-not-found`, `test-not-found` */
export const getTest: PatientHandlers["getTest"] = async (
  { path, headers },
  { patients, tests },
): Promise<Reply<"getTest">> => {
  const patientId = await requirePatient(patients, path.patientId);
  const test = await tests.find({ _id: path.testId.toLowerCase(), patientId });
  if (!test) throw problem("test-not-found");
  const etag = etagOf(test);
  if (isCurrent(headers["if-none-match"], test)) return { status: 304, headers: { etag } };
  return { status: 200, headers: { etag }, body: testToContract(test) };
};
