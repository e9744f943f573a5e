import type { Reply } from "../../generated/patient/types.ts";
import { nextLink, pageRequest } from "../../runtime/paging.ts";
import type { PatientHandlers } from "./context.ts";
import { requirePatient } from "./require-patient.ts";
import { testToContract } from "./test-store.ts";

/** Lists the tests of a patient, a page at a time. @throws {Problem} `patient-not-found`, `cursor-invalid` */
export const listTests: PatientHandlers["listTests"] = async (
  { path, query },
  { patients, tests, cursorKeys },
): Promise<Reply<"listTests">> => {
  const patientId = await requirePatient(patients, path.patientId);
  const cursor = { keys: cursorKeys, list: `tests/${patientId}` };
  const request = pageRequest(query, cursor);
  const { items, more } = await tests.page({ patientId }, request);
  const lastId = more ? items.at(-1)?._id : undefined;
  const link = nextLink({ path: `/patient/${patientId}/tests`, lastId }, request, cursor);
  return { status: 200, headers: link === undefined ? {} : { link }, body: items.map(testToContract) };
};
