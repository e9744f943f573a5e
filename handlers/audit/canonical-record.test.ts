import { describe, expect, it } from "@jest/globals";
import { canonicalRecord } from "./canonical-record.ts";
import type { AuditRecord as Record } from "./ledger/record-subjects.ts";

const LOWER = "0198c0de-0000-7000-8000-0000000000aa";
const UPPER = LOWER.toUpperCase();

const record = (id: string, createdDate: string, other: string): Record => ({
  id: `${LOWER}:outcome`,
  accessId: id,
  phase: "outcome",
  createdDate,
  sourceSystemName: "patient",
  resource: { type: "patient", id, operation: "read" },
  requestId: id,
  patientId: id,
  outcome: {
    code: 0,
    status: 200,
    resources: [
      { type: "patient", id, version: 1 },
      { type: "order", id: other },
    ],
  },
});

describe("canonicalRecord", () => {
  it("writes every UUID in lower case and the moment in UTC, and leaves other ids alone", () => {
    const given = record(UPPER, "2026-11-20T10:30:00+02:00", "ORDER-A");
    expect(canonicalRecord(given)).toEqual(record(LOWER, "2026-11-20T08:30:00.000Z", "ORDER-A"));
  });

  it("adds nothing that is not there", () => {
    const bare: Record = {
      id: `${LOWER}:closed`,
      phase: "closed",
      createdDate: "2026-11-20T08:30:00.000Z",
      sourceSystemName: "old",
      resource: { type: "patient", operation: "read" },
    };
    expect(canonicalRecord(bare)).toEqual(bare);
  });
});
