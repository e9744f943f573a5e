import { register } from "../../generated/patient/functions.ts";
import { operations } from "../../generated/patient/operations.ts";
import { createApp } from "../../runtime/app.ts";
import { collections } from "./collections.ts";
import { patientContext } from "./context.ts";
import type { PatientHandlers } from "./context.ts";
import { createPatient } from "./create-patient.ts";
import { createTest } from "./create-test.ts";
import { deletePatient } from "./delete-patient.ts";
import { deleteTest } from "./delete-test.ts";
import { getPatient } from "./get-patient.ts";
import { getTest } from "./get-test.ts";
import { listTests } from "./list-tests.ts";
import { searchPatients } from "./search-patients.ts";
import { updatePatient } from "./update-patient.ts";
import { updateTest } from "./update-test.ts";

const handlers: PatientHandlers = {
  createPatient,
  createTest,
  deletePatient,
  deleteTest,
  getPatient,
  getTest,
  listTests,
  searchPatients,
  updatePatient,
  updateTest,
};

const app = createApp({ service: "patient", collections, context: patientContext });
register(app.bind(operations, handlers));
