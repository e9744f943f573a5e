import type { Reply } from "../../generated/patient/types.ts";
import { nextLink, pageRequest } from "../../runtime/paging.ts";
import type { PatientHandlers } from "./context.ts";
import { criteriaFilter, toContract } from "./patient-store.ts";

/** Finds the patients that match every criterion, a page at a time. @throws {Problem} `cursor-invalid` */
export const searchPatients: PatientHandlers["searchPatients"] = async (
  { query, body },
  { patients, cursorKeys },
): Promise<Reply<"searchPatients">> => {
  const cursor = { keys: cursorKeys, list: "patients", criteria: body };
  const request = pageRequest(query, cursor);
  const { items, more } = await patients.page(criteriaFilter(body), request);
  const lastId = more ? items.at(-1)?._id : undefined;
  const link = nextLink({ path: "/patient/search", lastId }, request, cursor);
  return { status: 200, headers: link === undefined ? {} : { link }, body: items.map(toContract) };
};
