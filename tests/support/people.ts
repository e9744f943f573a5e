import { randomUUID } from "node:crypto";

/** Test files share a process and a platform. */
const FILE = randomUUID().slice(0, 8);

/** Synthetic people. Each call makes another. */
export function somebody(changes: Record<string, unknown> = {}) {
  count++;
  return {
    firstName: `Vera${count}`,
    lastName: `Muster${FILE}x${count}`,
    fullName: `Vera ${count} Muster`,
    gender: "female",
    dateOfBirth: "1984-05-17",
    postCode: "3012",
    insuranceNumber: `SYN-${FILE}-${count}`,
    preferredContactNumber: "+41 00 000 00 01",
    ...changes,
  };
}

/** A synthetic test result. */
export function someTest(changes: Record<string, unknown> = {}) {
  return {
    performer: "LAB-01",
    orderReference: "ORDER-1",
    observations: [
      {
        id: "OBSERVATION-01",
        code: "2345-7",
        measurement: "5.1 mmol/L",
        interpretation: "N",
        issued: "2026-11-20T07:15:00.000Z",
        status: "final",
      },
    ],
    ...changes,
  };
}

let count = 0;

/** An id that nothing has. */
export const UNKNOWN_ID = "00000000-0000-7000-8000-00000000dead";
