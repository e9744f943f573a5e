// Generated from openapi/patient.yaml by "npm run generate". Do not edit.
import { createPatient } from "../../handlers/patient/create-patient.ts";
import { searchPatients } from "../../handlers/patient/search-patients.ts";
import { getPatient } from "../../handlers/patient/get-patient.ts";
import { updatePatient } from "../../handlers/patient/update-patient.ts";
import { deletePatient } from "../../handlers/patient/delete-patient.ts";
import { listTests } from "../../handlers/patient/list-tests.ts";
import { createTest } from "../../handlers/patient/create-test.ts";
import { getTest } from "../../handlers/patient/get-test.ts";
import { updateTest } from "../../handlers/patient/update-test.ts";
import { deleteTest } from "../../handlers/patient/delete-test.ts";
import type { Handlers } from "./types.ts";

/** The handler of every operation of the API. */
export const handlers = {
  createPatient,
  searchPatients,
  getPatient,
  updatePatient,
  deletePatient,
  listTests,
  createTest,
  getTest,
  updateTest,
  deleteTest,
} satisfies Handlers<never>;
