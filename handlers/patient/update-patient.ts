import type { Reply } from "../../generated/patient/types.ts";
import { etagOf } from "../../runtime/etag.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";
import { storedPatient, toContract } from "./patient-store.ts";
import { requireSameId } from "./same-id.ts";

/** Replaces a patient. @throws {Problem} `id-mismatch`, `patient-not-found`, `precondition-failed` */
export const updatePatient: PatientHandlers["updatePatient"] = async (
  { path, headers, body },
  { patients, now },
): Promise<Reply<"updatePatient">> => {
  const { id, lastUpdated: _ignored, ...content } = body;
  requireSameId("id", id, path.patientId);
  const patient = await patients.replace(
    { _id: path.patientId.toLowerCase() },
    headers["if-match"],
    ({ _id, version }) => storedPatient({ _id, version: version + 1, lastUpdated: now }, content),
  );
  if (!patient) throw problem("patient-not-found");
  return { status: 200, headers: { etag: etagOf(patient) }, body: toContract(patient) };
};
