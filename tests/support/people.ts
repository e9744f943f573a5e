/** Synthetic people. Each call makes another. */
export function somebody(changes: Record<string, unknown> = {}) {
  count++;
  return {
    firstName: `Vera${count}`,
    lastName: `Muster${process.pid}x${count}`,
    fullName: `Vera ${count} Muster`,
    gender: "female",
    dateOfBirth: "1984-05-17",
    postCode: "3012",
    insuranceNumber: `SYN-${process.pid}-${count}`,
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
