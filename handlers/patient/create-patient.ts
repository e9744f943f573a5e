import type { Reply } from "../../generated/patient/types.ts";
import { etagOf } from "../../runtime/etag.ts";
import type { PatientHandlers } from "./context.ts";
import { storedPatient, toContract } from "./patient-store.ts";

/** Stores a new patient under the id that the pipeline made. */
export const createPatient: PatientHandlers["createPatient"] = async (
  { body },
  { patients, newId, now },
): Promise<Reply<"createPatient">> => {
  const patient = await patients.insert(storedPatient({ _id: newId, version: 1, lastUpdated: now }, body));
  return {
    status: 201,
    headers: { etag: etagOf(patient), location: `/patient/${newId}` },
    body: toContract(patient),
  };
};
