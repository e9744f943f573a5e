import type { Random } from "../../tamper/random.ts";
import type { Population } from "./population.ts";

/** A request to one of the apps. */
export interface MadeRequest {
  /** Of the contract; with a suffix when it is meant to be refused. */
  readonly operation: string;
  readonly app: "patient" | "audit";
  readonly method: string;
  readonly path: string;
  readonly ifMatch?: string;
  readonly body?: unknown;
  /** What only this request writes. */
  readonly label?: string;
}

interface Making {
  readonly population: Population;
  readonly random: Random;
  /** Different for each request. */
  readonly label: string;
}

type Maker = (making: Making) => MadeRequest;

const UNKNOWN = "00000000-0000-7000-8000-00000000dead";

const MAKERS = {
  createPatient: ({ label }) => post("createPatient", "/patient", personOf(label), label),
  getPatient: (making) => plain("getPatient", "GET", patientPath(making)),
  updatePatient: (making) => {
    const { population, random, label } = making;
    const patient = population.patient(random);
    const ifMatch = random.chance(0.3) ? patient?.etag : undefined;
    return put("updatePatient", `/patient/${patient?.id ?? UNKNOWN}`, personOf(label), label, ifMatch);
  },
  deletePatient: ({ population, random }) => {
    const patient = population.patient(random);
    if (patient) population.take(patient);
    return plain("deletePatient", "DELETE", `/patient/${patient?.id ?? UNKNOWN}`);
  },
  searchPatients: () => ({
    ...plain("searchPatients", "POST", "/patient/search?limit=10"),
    body: { lastName: FAMILY },
  }),
  createTest: (making) =>
    post("createTest", `${patientPath(making)}/tests`, testOf(making.label), making.label),
  listTests: (making) => plain("listTests", "GET", `${patientPath(making)}/tests?limit=10`),
  getTest: (making) => plain("getTest", "GET", testPath(making)),
  updateTest: (making) => put("updateTest", testPath(making), testOf(making.label), making.label),
  deleteTest: ({ population, random }) => {
    const test = population.test(random);
    if (test) population.take(test);
    return plain(
      "deleteTest",
      "DELETE",
      `/patient/${test?.patientId ?? UNKNOWN}/tests/${test?.id ?? UNKNOWN}`,
    );
  },
  "createPatient:invalid": ({ label }) => ({
    ...plain("createPatient:invalid", "POST", "/patient"),
    body: { ...personOf(label), dateOfBirth: "never" },
  }),
  "getPatient:unknown": () => plain("getPatient:unknown", "GET", `/patient/${UNKNOWN}`),
  "updatePatient:stale": (making) => ({
    ...put("updatePatient:stale", patientPath(making), personOf(making.label), making.label, '"999999"'),
  }),
  /** Of a patient whose deletion may have been cut off, or done. */
  "deletePatient:again": ({ population, random }) =>
    plain("deletePatient:again", "DELETE", `/patient/${population.deleted(random)?.id ?? UNKNOWN}`),
  "createTest:unknown": ({ label }) =>
    post("createTest:unknown", `/patient/${UNKNOWN}/tests`, testOf(label), label),
  listAuditRecords: () => ({ ...plain("listAuditRecords", "GET", "/audit/records?limit=5"), app: "audit" }),
  "getAuditRecord:unknown": () => ({
    ...plain("getAuditRecord:unknown", "GET", `/audit/records/${UNKNOWN}:intent`),
    app: "audit",
  }),
} as const satisfies Record<string, Maker>;

/** The operations that are tried, and those that are meant to be refused, which have a suffix. */
export const OPERATIONS = Object.keys(MAKERS) as readonly Operation[];

export type Operation = keyof typeof MAKERS;

/** @param operation one of {@link OPERATIONS} */
export function makeRequest(operation: Operation, making: Making): MadeRequest {
  return MAKERS[operation](making);
}

function plain(operation: string, method: string, path: string): MadeRequest {
  return { operation, app: "patient", method, path };
}

function post(operation: string, path: string, body: unknown, label: string): MadeRequest {
  return { operation, app: "patient", method: "POST", path, body, label };
}

function put(operation: string, path: string, body: unknown, label: string, ifMatch?: string): MadeRequest {
  const made: MadeRequest = { operation, app: "patient", method: "PUT", path, body, label };
  return ifMatch === undefined ? made : { ...made, ifMatch };
}

function patientPath({ population, random }: Making): string {
  return `/patient/${population.patient(random)?.id ?? UNKNOWN}`;
}

function testPath({ population, random }: Making): string {
  const test = population.test(random);
  return `/patient/${test?.patientId ?? UNKNOWN}/tests/${test?.id ?? UNKNOWN}`;
}

const FAMILY = "Muster";

function personOf(label: string) {
  return {
    firstName: "Vera",
    lastName: FAMILY,
    fullName: label,
    gender: "female",
    dateOfBirth: "1984-05-17",
    postCode: "3012",
    insuranceNumber: "SYN-1",
    preferredContactNumber: "+41 00 000 00 00",
  };
}

function testOf(label: string) {
  const observation = {
    id: "OBSERVATION-1",
    code: "2345-7",
    measurement: "5.1 mmol/L",
    interpretation: "N",
    issued: "2026-11-20T07:15:00.000Z",
    status: "final",
  };
  return { performer: "LAB-1", orderReference: label, observations: [observation] };
}
