import type { Reply } from "../../generated/patient/types.ts";
import { etagOf, isCurrent } from "../../runtime/etag.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { toContract } from "./patient-store.ts";

/** Reads one patient. @throws {Problem} `patient-not-found` */
export const getPatient: PatientHandlers["getPatient"] = async (
  { path, headers },
  { patients },
): Promise<Reply<"getPatient">> => {
  const patient = await patients.find({ _id: path.patientId.toLowerCase() });
  if (!patient) throw problem("patient-not-found");
  const etag = etagOf(patient);
  if (isCurrent(headers["if-none-match"], patient)) return { status: 304, headers: { etag } };
  return { status: 200, headers: { etag }, body: toContract(patient) };
};
