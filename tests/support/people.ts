import { randomUUID } from "node:crypto";
import { CANARY } from "./canary.ts";

/** Test files share a process and a platform. */
const FILE = randomUUID().slice(0, 8);

/** Synthetic people. Each call makes another. */
export function somebody(changes: Record<string, unknown> = {}) {
  count++;
  return {
    firstName: `Vera${count} ${CANARY}`,
    lastName: `Muster ${CANARY} ${FILE}x${count}`,
    fullName: `Vera ${count} ${CANARY} Muster`,
    gender: "female",
    dateOfBirth: "1984-05-17",
    postCode: "3012",
    insuranceNumber: `SYN-${CANARY}-${FILE}-${count}`,
    preferredContactNumber: `+41 00 ${CANARY} 01`,
    ...changes,
  };
}

/** A synthetic test result. */
export function someTest(changes: Record<string, unknown> = {}) {
  return {
    performer: `LAB-01 ${CANARY}`,
    orderReference: `ORDER-1 ${CANARY}`,
    observations: [someObservation()],
    ...changes,
  };
}

export function someObservation(changes: Record<string, unknown> = {}) {
  return {
    id: `OBSERVATION-01 ${CANARY}`,
    code: `2345-7 ${CANARY}`,
    measurement: `5.1 mmol/L ${CANARY}`,
    interpretation: `N ${CANARY}`,
    issued: "2026-11-20T07:15:00.000Z",
    status: `final ${CANARY}`,
    ...changes,
  };
}

let count = 0;

/** An id that nothing has. */
export const UNKNOWN_ID = "00000000-0000-7000-8000-00000000dead";
