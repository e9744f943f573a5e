import { describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, sharedPlatform } from "../support/addresses.ts";
import { clientOf, operations, request } from "../support/client.ts";
import type { Call } from "../support/client.ts";
import { somebody, someTest, UNKNOWN_ID } from "../support/people.ts";
import { recordsOf } from "../support/register.ts";

const { gateway } = sharedPlatform();
const { call } = clientOf(gateway);

let traces = 0;
/** A trace of the test's own, so that the register can be asked for this very call. */
function newTrace(): { traceId: string; headers: { traceparent: string } } {
  traces++;
  const traceId = `${process.pid.toString(16).padStart(8, "0")}${traces.toString(16).padStart(24, "0")}`;
  return { traceId, headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } };
}

async function traced(operationId: string, made: Call) {
  const { traceId, headers } = newTrace();
  const answer = await call(operationId, { ...made, headers: { ...headers, ...made.headers } });
  return { answer, traceId, records: await recordsOf(gateway, { traceId }) };
}

const patient = (await call("createPatient", { body: somebody() })).body;
const test = (await call("createTest", { path: { patientId: patient.id }, body: someTest() })).body;
const path = { patientId: patient.id as string, testId: test.id as string };
const nothing = { patientId: UNKNOWN_ID, testId: UNKNOWN_ID };

describe("every access is recorded", () => {
  it.each<[string, Call, number, string]>([
    ["createPatient", { body: somebody() }, 201, "C"],
    ["getPatient", { path }, 200, "R"],
    ["updatePatient", { path, body: somebody() }, 200, "U"],
    ["searchPatients", { body: { lastName: patient.lastName } }, 200, "S"],
    ["createTest", { path, body: someTest() }, 201, "C"],
    ["listTests", { path }, 200, "S"],
    ["getTest", { path }, 200, "R"],
    ["updateTest", { path, body: someTest() }, 200, "U"],
    ["getPatient", { path: nothing }, 404, "R"],
    ["updatePatient", { path: nothing, body: somebody() }, 404, "U"],
    ["deletePatient", { path: nothing }, 404, "D"],
    ["getTest", { path: nothing }, 404, "R"],
    ["updateTest", { path, headers: { "if-match": '"99"' }, body: someTest() }, 412, "U"],
    ["searchPatients", { query: { cursor: "x" }, body: {} }, 400, "S"],
  ])(
    "%s: an intent and an outcome, with who, what, when and how it ended",
    async (operationId, made, status, action) => {
      const { answer, traceId, records } = await traced(operationId, made);
      expect(answer.status).toBe(status);
      const [outcome, intent] = records;
      expect(records.map(({ phase }) => phase)).toEqual(["outcome", "intent"]);
      for (const record of records) {
        expect(record).toMatchObject({
          operationId,
          action,
          sourceSystemName: "patient",
          actor: { subscription: "local-partner", product: "partner" },
          traceId,
          createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        });
      }
      expect(intent).not.toHaveProperty("outcome");
      expect(outcome?.outcome).toMatchObject({ code: status < 400 ? 0 : 4, status });
    },
  );

  it("names what a read disclosed, a search too", async () => {
    const read = await traced("getPatient", { path });
    expect(read.records[0]?.outcome?.resources).toEqual([
      { type: "patient", id: patient.id, version: expect.any(Number) },
    ]);
    const other = (await call("createPatient", { body: somebody() })).body;
    await traced("searchPatients", { body: { lastName: other.lastName } });
    const disclosed = await recordsOf(gateway, { patientId: other.id, operationId: "searchPatients" });
    expect(disclosed[0]?.outcome?.resources).toEqual([{ type: "patient", id: other.id }]);
  });

  it("holds the fields of a search, and keyed hashes instead of values", async () => {
    const { records } = await traced("searchPatients", { body: { lastName: "Muster", postCode: "3012" } });
    expect(records[0]?.search?.map(({ field }) => field)).toEqual(["lastName", "postCode"]);
    expect(JSON.stringify(records)).not.toMatch(/Muster|3012/);
  });

  it.each<[string, string, string, Call, number]>([
    ["a malformed id", "GET", "/patient/no-uuid", {}, 404],
    ["an invalid body", "POST", "/patient", { body: { firstName: 7 } }, 400],
    ["no body", "POST", "/patient", {}, 400],
    [
      "another content type",
      "POST",
      "/patient",
      { rawBody: "a=b", headers: { "content-type": "text/plain" } },
      415,
    ],
    ["a body that is too large", "POST", "/patient", { rawBody: `"${"x".repeat(3_000_000)}"` }, 413],
  ])("a refusal for %s is one closed record", async (_, method, target, made, status) => {
    const { traceId, headers } = newTrace();
    const answer = await request(method, gateway + target, {
      ...made,
      headers: { ...headers, ...made.headers },
    });
    expect([answer.status, answer.body.traceId]).toEqual([status, traceId]);
    const records = await recordsOf(gateway, { traceId });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      phase: "closed",
      requestId: answer.body.requestId,
      outcome: { code: 4, status, error: answer.body.code },
    });
  });

  it("a deletion is recorded before it happens and after", async () => {
    const created = (await call("createPatient", { body: somebody() })).body;
    const { records } = await traced("deletePatient", { path: { patientId: created.id } });
    expect(records.map(({ phase, patientId }) => [phase, patientId])).toEqual([
      ["outcome", created.id],
      ["intent", created.id],
    ]);
  });

  it("cannot be told another actor by a client", async () => {
    const { traceId, headers } = newTrace();
    await call("getPatient", {
      path,
      headers: { ...headers, "x-specimen-subscription": "somebody-else", "X-Specimen-Product": "other" },
    });
    const [record] = await recordsOf(gateway, { traceId });
    expect(record?.actor).toEqual({ subscription: "local-partner", product: "partner" });
  });

  it("reading the register is itself recorded", async () => {
    const { traceId, headers } = newTrace();
    await call("listAuditRecords", { headers, query: { limit: 1 }, key: AUDITOR_KEY });
    const records = await recordsOf(gateway, { traceId });
    expect(records.map(({ phase, actor }) => [phase, actor?.subscription])).toEqual([
      ["outcome", "local-auditor"],
      ["intent", "local-auditor"],
    ]);
  });

  it("one record is read by its id; ids that are none are 404", async () => {
    const { records } = await traced("getPatient", { path });
    const [record] = records;
    const read = await call("getAuditRecord", { path: { recordId: record?.id ?? "" }, key: AUDITOR_KEY });
    expect([read.status, read.body]).toEqual([200, record]);
    for (const recordId of ["none", `${UNKNOWN_ID}:outcome`]) {
      expect((await call("getAuditRecord", { path: { recordId }, key: AUDITOR_KEY })).status).toBe(404);
    }
  });

  it("no operation of the Patient API goes without", () => {
    const recorded = [...operations.values()].filter(({ path: one }) => one.startsWith("/patient"));
    expect(recorded.map(({ operationId }) => operationId).sort()).toEqual([
      "createPatient",
      "createTest",
      "deletePatient",
      "deleteTest",
      "getPatient",
      "getTest",
      "listTests",
      "searchPatients",
      "updatePatient",
      "updateTest",
    ]);
  });

  it("pages through the register, newest first", async () => {
    const first = await call("listAuditRecords", { query: { limit: 3 }, key: AUDITOR_KEY });
    const client = clientOf(gateway);
    const second = await client.next("listAuditRecords", first, { key: AUDITOR_KEY });
    const ids = [...first.body, ...(second?.body ?? [])].map((one: { id: string }) => one.id);
    expect(ids).toHaveLength(6);
    expect(ids).toEqual([...ids].sort().reverse());
  });
});
