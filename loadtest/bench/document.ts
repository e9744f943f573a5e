import { recordAt } from "../synthetic/data-set.ts";

/** The patient that is sent, and the JSON that echoes answer with: a few hundred bytes, as a patient has. */
export const patient = recordAt("bench", 0).patient;

/** `patient` as it is stored, in bytes. */
export const document = Buffer.from(
  JSON.stringify({
    id: "0198c0de-0000-7000-8000-000000000001",
    lastUpdated: "2026-11-20T08:30:00.000Z",
    ...patient,
  }),
);
