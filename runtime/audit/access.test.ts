import { describe, expect, it } from "@jest/globals";
import type { AuditDefinition } from "../operation.ts";
import { contractSchema } from "../testing/contract-schema.ts";
import { fakeOperation } from "../testing/fake-operation.ts";
import { closedRecord, intentRecord, outcomeRecord } from "./access.ts";
import type { Access } from "./access.ts";
import { UnrecordableReplyError } from "./outcome.ts";
import { searchTerms } from "./search-terms.ts";

const PATIENT = "0198c0de-0000-7000-8000-000000000001";
const TEST = "0198c0de-0000-7000-8000-000000000002";
const ACCESS = "0198c0de-0000-7000-8000-0000000000aa";
const NOW = "2026-11-20T08:30:00.000Z";
const CANARY = "canary-7f3a";

const isRecord = contractSchema({ $ref: "audit.yaml#/components/schemas/AuditRecordAppend" });

const IDS = {
  create: "$new",
  read: "$request.path.testId",
  update: "$request.path.testId",
  delete: "$request.path.testId",
  search: null,
  export: null,
} as const;

const audits = (["create", "read", "update", "delete", "search", "export"] as const).map(
  (action): AuditDefinition => ({
    action,
    resource: "test",
    id: IDS[action],
    subject: "$request.path.patientId",
  }),
);

function accessOf(changes: Partial<Access> = {}): Access {
  return {
    accessId: ACCESS,
    service: "patient",
    operation: fakeOperation(),
    audit: { action: "read", resource: "patient", id: "$request.path.patientId" },
    actor: { subscription: "partner-1", product: "partner" },
    purpose: "TREAT",
    traceId: "0af7651916cd43dd8448eb211c80319c",
    requestId: ACCESS,
    newId: TEST,
    parameters: {
      path: { patientId: PATIENT.toUpperCase(), testId: TEST.toUpperCase() },
    },
    search: undefined,
    ...changes,
  };
}

const BODY = { id: TEST, patientId: PATIENT, performer: CANARY, observations: [{ measurement: CANARY }] };
const REPLY = { status: 200, headers: { etag: '"3"', location: CANARY }, body: BODY };

describe("records of an access", () => {
  it.each(audits)("keep the contract and hold no value of the request or reply: $action", (audit) => {
    const access = accessOf({ audit, search: searchTerms({ firstName: CANARY, postCode: CANARY }, "key") });
    const records = [
      intentRecord(access, NOW),
      outcomeRecord(access, NOW, REPLY),
      outcomeRecord(access, NOW, { ...REPLY, body: Array.from({ length: 1_000 }, () => BODY) }),
      outcomeRecord(access, NOW, { status: 404, body: { detail: CANARY } }, "patient-not-found"),
      closedRecord(
        { ...access, parameters: { path: {} }, newId: undefined, search: undefined },
        NOW,
        { status: 400 },
        "request-invalid",
      ),
    ];
    for (const record of records) {
      expect([isRecord(JSON.parse(JSON.stringify(record))), isRecord.errors]).toEqual([true, null]);
      expect(JSON.stringify(record)).not.toContain(CANARY);
    }
  });

  it("share everything but phase and outcome", () => {
    const access = accessOf();
    const { outcome, ...after } = outcomeRecord(access, NOW, REPLY);
    expect(outcome).toBeDefined();
    expect({ ...after, id: `${ACCESS}:intent`, phase: "intent" }).toEqual(intentRecord(access, NOW));
  });

  it("say who, what, when, where and why", () => {
    expect(intentRecord(accessOf(), NOW)).toEqual({
      id: `${ACCESS}:intent`,
      accessId: ACCESS,
      phase: "intent",
      createdDate: NOW,
      sourceSystemName: "patient",
      operationId: "getPatient",
      action: "R",
      resource: { type: "patient", id: PATIENT, operation: "read" },
      actor: { subscription: "partner-1", product: "partner" },
      traceId: "0af7651916cd43dd8448eb211c80319c",
      requestId: ACCESS,
      purpose: "TREAT",
    });
  });

  it("name the resource and its subject, in lower case", () => {
    const [create, read] = audits.map((audit) => intentRecord(accessOf({ audit }), NOW));
    expect(create).toMatchObject({ action: "C", resource: { id: TEST }, patientId: PATIENT });
    expect(read).toMatchObject({ action: "R", resource: { id: TEST }, patientId: PATIENT });
  });

  it("name nothing of a request that was not found valid", () => {
    for (const audit of audits) {
      const access = accessOf({ audit, parameters: { path: {} }, newId: undefined });
      const record = closedRecord(access, NOW, { status: 400 }, "request-invalid");
      expect(record).not.toHaveProperty("resource.id");
      expect(record).not.toHaveProperty("patientId");
      expect(record.outcome).toEqual({ code: 4, status: 400, error: "request-invalid" });
    }
  });

  it("tell which versions were disclosed", () => {
    const outcomeOf = (reply: { status: number; headers?: Record<string, string>; body?: unknown }) =>
      outcomeRecord(accessOf(), NOW, reply).outcome;
    const type = "patient";
    expect(outcomeOf(REPLY)).toEqual({ code: 0, status: 200, resources: [{ type, id: TEST, version: 3 }] });
    expect(outcomeOf({ status: 200, body: [{ id: PATIENT }, { id: TEST }, {}, null, 7] })).toEqual({
      code: 0,
      status: 200,
      resources: [
        { type, id: PATIENT },
        { type, id: TEST },
      ],
    });
    const body = { id: `${ACCESS}:outcome` };
    for (const etag of [undefined, "", '""', '"x"', '"0"', '"-1"', '"1.5"', '"1e99"', "null"]) {
      const headers = etag === undefined ? {} : { etag };
      expect(outcomeOf({ status: 200, headers, body })?.resources).toEqual([{ type, ...body }]);
    }
    expect(outcomeOf({ status: 200, body: [] })).toEqual({ code: 0, status: 200 });
    expect(outcomeOf({ status: 204 })).toEqual({ code: 0, status: 204 });
    expect(outcomeOf({ ...REPLY, status: 204 })).toEqual({ code: 0, status: 204 });
    expect(outcomeOf({ status: 304, headers: { etag: '"3"' } })).toEqual({ code: 0, status: 304 });
  });

  it.each([
    ["an id that may be a name", { id: CANARY }],
    ["an empty id", { id: "" }],
    ["an id with a line break", { id: `${TEST}\n` }],
    ["an id in upper case", { id: ACCESS.toUpperCase() }],
    ["one among others", [{ id: TEST }, { id: CANARY }]],
    ["more than a record holds", Array.from({ length: 1_002 }, () => ({ id: TEST }))],
  ])("name no resource with %s: such an answer cannot be recorded", (_name, body) => {
    const record = () => outcomeRecord(accessOf(), NOW, { status: 200, body });
    expect(record).toThrow(UnrecordableReplyError);
    expect(record).not.toThrow(CANARY);
  });

  it.each([
    [200, 0],
    [304, 0],
    [400, 4],
    [412, 4],
    [499, 4],
    [500, 8],
    [503, 8],
  ])("grade status %d as %d (FHIR AuditEvent outcome)", (status, code) => {
    expect(outcomeRecord(accessOf(), NOW, { status }).outcome).toEqual({ code, status });
  });
});
