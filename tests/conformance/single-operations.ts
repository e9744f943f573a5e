import type { CheckedOperation } from "./contract/operation.ts";

/** Parameters that name checkpoints, by operation: those are counted from 0 on without a gap. */
export const CHECKPOINTS: Readonly<Record<string, readonly string[]>> = {
  getConsistencyProof: ["from", "to"],
  exportAuditRecords: ["checkpoint"],
};

/** What comes about by itself, within seconds, and the status that says that it has not yet: it is waited for. */
export const NOT_YET: Readonly<Record<string, number>> = {
  getLatestCheckpoint: 404,
  getAuditRecordProof: 409,
};

/** Members of bodies that repeat a path parameter. */
export const SAME_IDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  updatePatient: { id: "patientId" },
  createTest: { patientId: "patientId" },
  updateTest: { id: "testId", patientId: "patientId" },
};

/**
 * Operations whose answer does not show what they store: the first item of a member of the body is read by another operation.
 * What was stored before is left as it is, of which the answer counts the `duplicates`: then the content is not compared.
 */
export const READ_BACK: Readonly<
  Record<string, { readonly member: string; readonly operationId: string; readonly parameter: string }>
> = {
  appendAuditRecords: { member: "records", operationId: "getAuditRecord", parameter: "recordId" },
};

/** Lists that answer differently from one call to the next, so that two answers are not compared by what they hold. */
export const CHANGING_LISTS: Readonly<Record<string, string>> = {
  listAuditRecords: "The register is read newest first, and each call adds to it.",
  getAuditRecordProof: "A proof leads to the latest checkpoint, and there is another every few seconds.",
  getLatestCheckpoint: "There is another every few seconds.",
};

/** Declared answers that no generated case brings about, as `500 application/problem+json`. */
export const OUT_OF_REACH: readonly {
  readonly answer: string;
  readonly because: string;
  readonly of?: (operation: CheckedOperation) => boolean;
}[] = [
  {
    answer: "500 application/problem+json",
    because: "Only a fault in our code makes an app answer so: runtime/pipeline.test.ts has one.",
  },
  {
    answer: "503 application/problem+json",
    because: "The register or a database must be down: tests/journeys/every-status.test.ts takes them away.",
  },
  {
    answer: "500 application/json",
    because: "An app must be gone: tests/journeys/every-status.test.ts ends it.",
  },
  {
    answer: "503 application/json",
    because:
      "The app's key must be another than the gateway's: tests/journeys/every-status.test.ts changes it.",
  },
  {
    answer: "429 application/json",
    because: "The limits of the laptop are never met: tests/journeys/every-status.test.ts brings its own.",
  },
  {
    answer: "413 application/json",
    because: "It takes a body of 100 MiB: tests/journeys/hostile-input.test.ts streams one.",
  },
  {
    answer: "404 application/problem+json",
    because:
      "There is a checkpoint seconds after the start: tests/integration/ledger/checkpoints.test.ts has a ledger without.",
    of: ({ operationId }) => operationId === "getLatestCheckpoint",
  },
  {
    answer: "409 application/problem+json",
    because:
      "The cases are about a record that a checkpoint has seen; tests/journeys/register.test.ts asks for a new one.",
    of: ({ operationId }) => operationId === "getAuditRecordProof",
  },
  {
    answer: "404 application/json",
    because: "The gateway finds an operation without a path parameter at its address, always.",
    of: ({ path }) => !path.includes("{"),
  },
];
