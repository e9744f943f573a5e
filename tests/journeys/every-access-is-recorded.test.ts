import { describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, sharedPlatform } from "../support/addresses.ts";
import { casesOf } from "../support/cases.ts";
import type { Case } from "../support/cases.ts";
import { clientOf, operations, publicOperations } from "../support/client.ts";
import type { Call } from "../support/client.ts";
import type { ContractOperation } from "../support/contract.ts";
import { somebody, UNKNOWN_ID } from "../support/people.ts";
import { recordsOf } from "../support/register.ts";
import { newTrace } from "../support/trace.ts";

const shared = sharedPlatform();
const { gateway } = shared;
const { call } = clientOf(gateway);

async function traced(operationId: string, made: Call) {
  const { traceId, headers } = newTrace();
  const answer = await call(operationId, { ...made, headers: { ...headers, ...made.headers } });
  return { answer, traceId, records: await recordsOf(gateway, { traceId }) };
}

const patient = (await call("createPatient", { body: somebody() })).body;
const path = { patientId: patient.id as string };

const audited = publicOperations.filter((operation) => operation.audited);
const cases = new Map<ContractOperation, Case[]>();
for (const operation of audited) cases.set(operation, await casesOf(operation, shared));

/** What an access is recorded as: who asked for what, and never more than that. */
function expectedOf(operation: ContractOperation, traceId: string) {
  const isAudit = operation.api === "audit";
  return {
    operationId: operation.operationId,
    action: expect.stringMatching(/^[CRUDSX]$/),
    sourceSystemName: operation.api,
    actor: isAudit
      ? { subscription: "local-auditor", product: "auditor" }
      : { subscription: "local-partner", product: "partner" },
    traceId,
    createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  };
}

describe("every access is recorded", () => {
  it.each(
    [...cases].flatMap(([operation, all]) =>
      all.map((one) => [operation.operationId, one.name, one.status, operation, one] as const),
    ),
  )("%s, %s: %i, with who, what, when and how it ended", async (operationId, _, status, operation, one) => {
    const { answer, traceId, records } = await traced(operationId, one.made);
    expect(answer.status).toBe(status);
    expect(records.map(({ phase }) => phase)).toEqual(one.refused ? ["closed"] : ["outcome", "intent"]);
    for (const record of records) expect(record).toMatchObject(expectedOf(operation, traceId));
    const [last, intent] = records;
    expect(intent ?? {}).not.toHaveProperty("outcome");
    expect(last?.outcome).toMatchObject({ code: status < 400 ? 0 : 4, status });
    if (status < 400) return;
    expect([last?.outcome?.error, last?.requestId]).toEqual([answer.body.code, answer.body.requestId]);
  });

  it.each(audited.map((one) => [one.operationId, one] as const))(
    "with each status that the app of %s answers with, but for faults of its own",
    (_, operation) => {
      const ofApp = operation.answers
        .filter((one) => one < "400" || one.endsWith("application/problem+json"))
        .map((one) => Number(one.slice(0, 3)));
      const called = (cases.get(operation) ?? []).map(({ status }) => status);
      // A 503 of its own has a record too: `database-down.long.ts`. A 409 is over with the next checkpoint: `register.test.ts`.
      const elsewhere = [500, 503, ...(operation.operationId === "getAuditRecordProof" ? [409] : [])];
      expect([...new Set(called), ...elsewhere].sort()).toEqual(ofApp.sort());
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
    const unrecorded = [...operations.values()].filter((one) => one.api === "patient" && !one.audited);
    expect(unrecorded).toEqual([]);
    expect(audited).toHaveLength(14);
  });

  it("holds why, when the client says so with a code", async () => {
    const { records } = await traced("getPatient", { path, headers: { "x-purpose-of-use": "TREAT" } });
    expect(records.map(({ purpose }) => purpose)).toEqual(["TREAT", "TREAT"]);
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
