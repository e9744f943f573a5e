import type { Handlers } from "../../generated/patient/types.ts";
import type { HandlerTools } from "../../runtime/app.ts";
import { patientStore } from "./patient-store.ts";
import type { PatientStore } from "./patient-store.ts";
import { testStore } from "./test-store.ts";
import type { TestStore } from "./test-store.ts";

/** What every handler of the Patient API gets beside its request. */
export interface PatientContext extends HandlerTools {
  readonly patients: PatientStore;
  readonly tests: TestStore;
}

/** The handlers of the Patient API: what the compiler holds each of them against. */
export type PatientHandlers = Handlers<PatientContext>;

/** Makes the context of one request. */
export function patientContext(tools: HandlerTools): PatientContext {
  const { db, accessId } = tools;
  return { ...tools, patients: patientStore(db, accessId), tests: testStore(db, accessId) };
}
