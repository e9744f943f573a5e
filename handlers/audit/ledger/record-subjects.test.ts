import { describe, expect, it } from "@jest/globals";
import { projectedRecord, sealedRecord } from "./projected-record.ts";
import { replaceSubjects, subjectsOf, type AuditRecord } from "./record-subjects.ts";
import { epochOf, streamOf, STREAMS } from "./streams.ts";

const ACCESS = "0198c0de-0000-7000-8000-0000000000aa";
const sealed = (letter: string) => `enc.${letter.repeat(22)}.${letter.repeat(86)}`;

const RECORD: AuditRecord = {
  id: `${ACCESS}:outcome`,
  accessId: ACCESS,
  phase: "outcome",
  createdDate: "2026-11-20T08:30:00.000Z",
  sourceSystemName: "patient",
  resource: { type: "test", id: "a-test", operation: "read" },
  patientId: "a-patient",
  outcome: {
    code: 0,
    status: 200,
    resources: [
      { type: "test", id: "a-test" },
      { type: "test", id: "b-test" },
    ],
  },
};

describe("the subjects of a record", () => {
  it("are the patient, the resource and what was disclosed", () => {
    expect(subjectsOf(RECORD).sort()).toEqual(["a-patient", "a-test", "a-test", "b-test"]);
    expect(JSON.stringify(replaceSubjects(RECORD, () => "x"))).not.toMatch(/a-test|b-test|a-patient/);
    expect(RECORD.patientId).toBe("a-patient");
  });

  it("are not the register's own records", () => {
    const own: AuditRecord = {
      ...RECORD,
      patientId: undefined as never,
      resource: { type: "auditRecord", id: `${ACCESS}:intent`, operation: "read" },
      outcome: { code: 0, status: 200, resources: [{ type: "auditRecord", id: `${ACCESS}:intent` }] },
    };
    expect(subjectsOf(own)).toEqual([]);
    expect(replaceSubjects(own, () => "x")).toEqual(own);
  });

  it("are found again in what is queried, which gives the record back as it was", () => {
    const ids: Record<string, string> = { "a-patient": "P", "a-test": "T", "b-test": "U" };
    const entry = replaceSubjects(RECORD, (id) => sealed(ids[id] ?? ""));
    const place = { id: RECORD.id, stream: "s01", epoch: "202611", seq: 3, index: 9 };
    const projected = projectedRecord({ ...place, text: JSON.stringify(entry) });
    expect(projected.keys).toEqual({
      patient: "P".repeat(22),
      resource: "T".repeat(22),
      disclosed: ["T".repeat(22), "U".repeat(22)],
    });
    expect(sealedRecord(projected)).toEqual(entry);
  });

  it.each(["", "[]", "{}", '{"id":1}', "null"])("are not looked for in %j", (text) => {
    expect(() => projectedRecord({ id: "", text, stream: "s00", epoch: "202611", seq: 0, index: 0 })).toThrow(
      SyntaxError,
    );
  });
});

describe("a stream", () => {
  it("is the same for all records of an access, and one of sixteen", () => {
    const streams = new Set(Array.from({ length: 400 }, (_, access) => streamOf(`${access}:intent`)));
    expect([...streams].sort()).toEqual(STREAMS);
    expect(streamOf(`${ACCESS}:intent`)).toBe(streamOf(`${ACCESS}:outcome`));
  });

  it("has an epoch a month, in UTC", () => {
    expect(epochOf(new Date("2026-12-31T23:59:59.999Z"))).toBe("202612");
    expect(epochOf(new Date("2027-01-01T00:30:00+01:00"))).toBe("202612");
  });
});
