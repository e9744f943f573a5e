import { describe, expect, it, jest } from "@jest/globals";
import { MongoNetworkError } from "mongodb";
import { searchTerms } from "./audit/search-terms.ts";
import type { OperationDefinition } from "./operation.ts";
import { pipeline } from "./pipeline.ts";
import type { AnyHandler, Invocation } from "./pipeline.ts";
import { problem } from "./problem/problem.ts";
import type { Reply } from "./reply.ts";
import type { HttpRequest } from "./request/http-request.ts";
import { SecretUnavailableError } from "./secrets/secret-store.ts";
import { contractSchema } from "./testing/contract-schema.ts";
import { fakeCreate, fakeOperation, fakeSearch } from "./testing/fake-operation.ts";
import { fakeRequest, jsonRequest } from "./testing/fake-request.ts";
import { fakeServices, NEW_ID, REQUEST_ID } from "./testing/fake-services.ts";
import type { FakeServices } from "./testing/fake-services.ts";
import { recordingSink } from "./testing/recording-sink.ts";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CANARY = "canary-7f3a";
const NEW_PATIENT = { firstName: CANARY, gender: "female", dateOfBirth: "1984", postCode: "3012" };
const PATIENT = { id: ID, ...NEW_PATIENT, lastUpdated: "2026-11-20T08:30:00.000Z" };
const FOUND: Reply = { status: 200, headers: { etag: '"3"' }, body: PATIENT };

const isProblem = contractSchema({ $ref: "shared/schemas.yaml#/Problem" });
const isRecord = contractSchema({ $ref: "audit.yaml#/components/schemas/AuditRecord" });

const getRequest = (headers: Record<string, string> = {}) =>
  fakeRequest({ params: { patientId: ID }, headers });

/** What a client gets, and what the app did meanwhile. */
async function serve({
  operation = fakeOperation(),
  handler = () => Promise.resolve(FOUND),
  request = getRequest(),
  services = fakeServices(),
}: {
  operation?: OperationDefinition;
  handler?: AnyHandler<string>;
  request?: HttpRequest;
  services?: FakeServices;
} = {}) {
  const called = jest.fn(handler);
  const { status, headers, body } = await pipeline(operation, called, services)(request);
  const json: unknown = body === undefined ? undefined : JSON.parse(body);
  const { records } = services.audit;
  expect(records.filter((record) => !isRecord(JSON.parse(JSON.stringify(record))))).toEqual([]);
  expect(JSON.stringify([records, services.recorded.events])).not.toContain(CANARY);
  if (status >= 400) {
    expect([isProblem(json), isProblem.errors]).toEqual([true, null]);
    expect(json).toMatchObject({ status });
    expect(headers).toMatchObject({
      "content-type": "application/problem+json",
      "cache-control": "no-store",
    });
    expect(JSON.stringify([headers, body])).not.toContain(CANARY);
  }
  return { status, headers, json, records, called, events: services.recorded.events };
}

/** Like a library that rejects with what is no error. */
function rejectedWith(reason: unknown): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  reject(reason);
  return promise;
}

const phases = (records: readonly { phase: string }[]) => records.map(({ phase }) => phase);

describe("a request that is served", () => {
  it("is recorded before the handler runs, and again before its answer", async () => {
    const journal: string[] = [];
    const services = fakeServices({ audit: recordingSink(journal) });
    const handler = () => {
      journal.push("handler");
      return Promise.resolve(FOUND);
    };
    const { status, headers, json, records } = await serve({ services, handler });
    expect(journal).toEqual(["audit:intent", "handler", "audit:outcome"]);
    expect([status, json]).toEqual([200, PATIENT]);
    expect(headers).toEqual({ "cache-control": "no-store", "content-type": "application/json", etag: '"3"' });
    expect(records[0]).toMatchObject({
      resource: { type: "patient", id: ID, operation: "read" },
      patientId: ID,
    });
    expect(records[1]).toMatchObject({
      accessId: REQUEST_ID,
      outcome: { code: 0, status: 200, resources: [{ type: "patient", id: ID, version: 3 }] },
    });
  });

  it("waits for its intent to be durable", async () => {
    const durable = Promise.withResolvers<undefined>();
    const audit = { ...recordingSink(), append: () => durable.promise };
    const handler = jest.fn(() => Promise.resolve(FOUND));
    const answer = pipeline(fakeOperation(), handler, fakeServices({ audit }))(getRequest());
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(handler).not.toHaveBeenCalled();
    durable.resolve(undefined);
    expect((await answer).status).toBe(200);
  });

  it("waits for its outcome to be durable before any data leaves", async () => {
    const durable = Promise.withResolvers<undefined>();
    const audit = recordingSink();
    const append: typeof audit.append = (record) =>
      record.phase === "outcome" ? durable.promise : Promise.resolve();
    const answered = jest.fn();
    const services = fakeServices({ audit: { ...audit, append } });
    const answer = pipeline(
      fakeOperation(),
      () => Promise.resolve(FOUND),
      services,
    )(getRequest()).then(answered);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(answered).not.toHaveBeenCalled();
    durable.resolve(undefined);
    await answer;
    expect(answered).toHaveBeenCalledTimes(1);
  });

  it("reaches the handler as the contract's request, with its context", async () => {
    const invocations: Invocation[] = [];
    const services = fakeServices({
      context: (invocation) => Promise.resolve(`context ${invocations.push(invocation)}`),
    });
    const request = jsonRequest(NEW_PATIENT, { target: "/patient" });
    const { called } = await serve({
      operation: fakeCreate(),
      handler: () => Promise.resolve({ status: 201, body: { id: NEW_ID } }),
      request,
      services,
    });
    expect(called.mock.calls).toEqual([
      [{ path: {}, query: {}, headers: {}, body: NEW_PATIENT }, "context 1"],
    ]);
    expect(invocations).toEqual([{ newId: NEW_ID, now: services.clock.now() }]);
  });

  it("knows the id of what it creates before it does", async () => {
    const { records } = await serve({
      operation: fakeCreate(),
      handler: () => Promise.resolve({ status: 201, headers: { etag: '"1"' }, body: { id: NEW_ID } }),
      request: jsonRequest(NEW_PATIENT),
    });
    expect(records[0]).toMatchObject({ phase: "intent", resource: { id: NEW_ID }, patientId: NEW_ID });
    expect(records[1]).toMatchObject({
      outcome: { resources: [{ type: "patient", id: NEW_ID, version: 1 }] },
    });
  });

  it("records hashes of a search's criteria, and no page parameter", async () => {
    const asked: unknown[] = [];
    const services = fakeServices({
      searchTerms: (criteria) => Promise.resolve(searchTerms((asked.push(criteria), criteria), "key")),
    });
    const search = { services, handler: () => Promise.resolve({ status: 200, body: [{ id: ID }] }) };
    const request = jsonRequest({ firstName: CANARY }, { target: "/patient/search?limit=7" });
    const { records } = await serve({ ...search, operation: fakeSearch(), request });
    for (const record of records) expect(record.search).toEqual(searchTerms({ firstName: CANARY }, "key"));
    expect(records[1]?.outcome?.resources).toEqual([{ type: "patient", id: ID }]);
    await serve({
      ...search,
      operation: fakeSearch({ body: null, validateRequest: () => true }),
      request: fakeRequest({ target: "/x?limit=7&cursor=c" }),
    });
    expect(asked).toEqual([{ firstName: CANARY }, {}]);
  });

  it("asks for hashes for a search only", async () => {
    const services = fakeServices({ searchTerms: () => Promise.reject(new Error("was asked")) });
    expect((await serve({ services })).status).toBe(200);
  });

  it("is not recorded when the operation touches no audited data", async () => {
    const { status, records } = await serve({ operation: fakeOperation({ audit: null }) });
    expect([status, records]).toEqual([200, []]);
  });
});

describe("who, why and which trace", () => {
  it("come from the gateway's headers", async () => {
    const { records } = await serve({
      request: getRequest({
        "x-specimen-subscription": "partner-1",
        "x-specimen-product": "partner",
        "x-specimen-client": "app-1",
        "x-purpose-of-use": "TREAT",
      }),
    });
    for (const record of records) {
      expect(record).toMatchObject({
        actor: { subscription: "partner-1", product: "partner", client: "app-1" },
        purpose: "TREAT",
        sourceSystemName: "patient",
        operationId: "getPatient",
      });
    }
  });

  it("are a direct call without them, and no purpose that is not the contract's", async () => {
    const { records, json } = await serve({ request: getRequest({ "x-purpose-of-use": CANARY }) });
    expect(records).toMatchObject([{ phase: "closed", actor: { subscription: "direct:function-key" } }]);
    expect(records[0]).not.toHaveProperty("purpose");
    expect(json).toMatchObject({ status: 400, errors: [{ parameter: "x-purpose-of-use" }] });
  });

  it("continue the client's trace, in the records, the calls and the problem", async () => {
    const services = fakeServices();
    const request = getRequest({ traceparent: `00-${TRACE}-b7ad6b7169203331-01` });
    const { json, records } = await serve({
      services,
      request,
      handler: () => Promise.reject(problem("patient-not-found")),
    });
    expect(json).toMatchObject({ traceId: TRACE, requestId: REQUEST_ID });
    expect(records.map(({ traceId, requestId }) => [traceId, requestId])).toEqual([
      [TRACE, REQUEST_ID],
      [TRACE, REQUEST_ID],
    ]);
    for (const traceparent of services.audit.traceparents)
      expect(traceparent).toMatch(RegExp(`^00-${TRACE}-`));
  });

  it("replace a malformed trace, the same one throughout", async () => {
    const { json, records } = await serve({
      request: getRequest({ traceparent: `00-${CANARY}` }),
      handler: () => Promise.reject(problem("patient-not-found")),
    });
    expect(json).toMatchObject({ traceId: records[0]?.traceId });
  });
});

describe("a request that is refused", () => {
  const refusals: readonly [string, HttpRequest, string, number][] = [
    [
      "of another type",
      fakeRequest({ body: CANARY, headers: { "content-type": "text/plain" } }),
      "media-type-unsupported",
      415,
    ],
    ["too large", fakeRequest({ headers: { "content-length": "2097153" } }), "body-too-large", 413],
    ["without a body", fakeRequest(), "body-required", 400],
    ["with a cut body", jsonRequest(`{"firstName":"${CANARY}`), "body-not-json", 400],
    [
      "with invalid UTF-8",
      { ...jsonRequest({}), arrayBuffer: () => Promise.resolve(Uint8Array.of(0xff).buffer) },
      "body-not-json",
      400,
    ],
    ["nested too deep", jsonRequest("[".repeat(200) + "]".repeat(200)), "body-not-json", 400],
    ["with duplicate names", jsonRequest(`{"${CANARY}":1,"${CANARY}":2}`), "body-not-json", 400],
    ["with unknown names", jsonRequest({ ...NEW_PATIENT, [CANARY]: CANARY }), "request-invalid", 400],
    ["with __proto__", jsonRequest('{"__proto__":{"polluted":1}}'), "request-invalid", 400],
    ["with a wrong value", jsonRequest({ ...NEW_PATIENT, gender: CANARY }), "request-invalid", 400],
    [
      "with an unknown parameter",
      jsonRequest(NEW_PATIENT, { target: `/patient?${CANARY}=${CANARY}` }),
      "request-invalid",
      400,
    ],
  ];

  it.each(refusals)(
    "%s has one closed record that says nothing of it",
    async (_name, request, code, status) => {
      const { json, records, called, events } = await serve({ operation: fakeCreate(), request });
      expect(json).toMatchObject({ code, status, type: `/portal/errors/${code}`, requestId: REQUEST_ID });
      expect(called).not.toHaveBeenCalled();
      expect(records).toMatchObject([
        { id: `${REQUEST_ID}:closed`, phase: "closed", outcome: { code: 4, status, error: code } },
      ]);
      expect(records[0]).not.toHaveProperty("resource.id");
      expect(events).toEqual([]);
      expect("polluted" in {}).toBe(false);
    },
  );

  it("for its path id is 404, whose record does not hold the id", async () => {
    const { json, records } = await serve({ request: fakeRequest({ params: { patientId: `\0${CANARY}` } }) });
    expect(json).toMatchObject({ code: "resource-not-found", status: 404 });
    expect(records).toMatchObject([{ phase: "closed", outcome: { error: "resource-not-found" } }]);
  });

  it("is not answered until its record is stored", async () => {
    const services = fakeServices({ audit: recordingSink([], () => true) });
    const { json, headers } = await serve({ operation: fakeCreate(), request: fakeRequest(), services });
    expect(json).toMatchObject({ status: 503, code: "audit-unavailable" });
    expect(headers).toMatchObject({ "retry-after": "1" });
  });

  it("is not recorded when the operation touches no audited data", async () => {
    const { status, records } = await serve({
      operation: fakeCreate({ audit: null }),
      request: fakeRequest(),
    });
    expect([status, records]).toEqual([400, []]);
  });

  it("because its criteria cannot be hashed is recorded too", async () => {
    const services = fakeServices({ searchTerms: () => Promise.reject(new SecretUnavailableError(CANARY)) });
    const { json, records, called, events } = await serve({
      operation: fakeSearch(),
      request: jsonRequest({}),
      services,
    });
    expect(json).toMatchObject({ status: 503, code: "secret-unavailable" });
    expect(records).toMatchObject([
      { phase: "closed", outcome: { code: 8, status: 503, error: "secret-unavailable" } },
    ]);
    expect(called).not.toHaveBeenCalled();
    expect(events).toHaveLength(1);
  });

  it("because its body cannot be read is a failure of ours, recorded and logged once", async () => {
    const request = { ...jsonRequest({}), arrayBuffer: () => Promise.reject(new Error(CANARY)) };
    const { json, records, events } = await serve({ operation: fakeCreate(), request });
    expect(json).toMatchObject({ status: 500, code: "internal-error" });
    expect(phases(records)).toEqual(["closed"]);
    expect(events).toMatchObject([{ event: "request-failed", code: "internal-error", cause: "Error" }]);
  });
});

describe("a register that is down", () => {
  it("before the access: nothing is read or changed", async () => {
    const services = fakeServices({ audit: recordingSink([], () => true) });
    const context = jest.fn(services.context);
    const { json, headers, called, records } = await serve({ services: { ...services, context } });
    expect(json).toMatchObject({ status: 503, code: "audit-unavailable", requestId: REQUEST_ID });
    expect(json).toMatchObject({ detail: expect.stringContaining("Nothing was read or changed") });
    expect(headers).toMatchObject({ "retry-after": "1" });
    expect([called, context].map((one) => one.mock.calls.length)).toEqual([0, 0]);
    expect(records).toEqual([]);
  });

  it("after the access: no data leaves, and the client is told that a change may have been made", async () => {
    const services = fakeServices({ audit: recordingSink([], (phase) => phase === "outcome") });
    const { json, headers, called, records, events } = await serve({ services });
    expect(json).toMatchObject({
      status: 503,
      code: "audit-unavailable",
      detail: expect.stringContaining("may have"),
    });
    expect(headers).not.toHaveProperty("etag");
    expect(called).toHaveBeenCalledTimes(1);
    expect(phases(records)).toEqual(["intent"]);
    expect(events).toMatchObject([{ code: "audit-unavailable", cause: "Error" }]);
  });

  it("after a handler that failed: still 503", async () => {
    const services = fakeServices({ audit: recordingSink([], (phase) => phase === "outcome") });
    const { json } = await serve({ services, handler: () => Promise.reject(problem("patient-not-found")) });
    expect(json).toMatchObject({ status: 503, code: "audit-unavailable" });
  });

  it("serves again when it is back", async () => {
    let isDown = true;
    const services = fakeServices({ audit: recordingSink([], () => isDown) });
    expect((await serve({ services })).status).toBe(503);
    isDown = false;
    expect((await serve({ services })).status).toBe(200);
  });
});

describe("a handler that fails", () => {
  it.each<[unknown, string]>([
    [new Error(`${CANARY}: SELECT`), "Error"],
    [Object.assign(new TypeError(CANARY), { code: "E_X" }), "TypeError(E_X)"],
    [CANARY, "string"],
    [null, "object"],
    [{ status: 200, body: CANARY }, "object"],
  ])("number %# is a 500 that tells nothing", async (error, cause) => {
    const { json, records, events } = await serve({
      handler: () => rejectedWith(error),
    });
    expect(json).toEqual({
      type: "/portal/errors/internal-error",
      title: "The server failed",
      status: 500,
      detail: "Quote the requestId when you ask for help.",
      code: "internal-error",
      traceId: records[0]?.traceId,
      requestId: REQUEST_ID,
    });
    expect(phases(records)).toEqual(["intent", "outcome"]);
    expect(records[1]?.outcome).toEqual({ code: 8, status: 500, error: "internal-error" });
    expect(events).toEqual([
      {
        level: "error",
        event: "request-failed",
        operationId: "getPatient",
        code: "internal-error",
        cause,
        traceId: records[0]?.traceId,
        requestId: REQUEST_ID,
      },
    ]);
  });

  it("by throwing instead of rejecting is no different", async () => {
    const handler = () => {
      throw new Error(CANARY);
    };
    expect((await serve({ handler })).status).toBe(500);
  });

  it("with a problem is recorded as a failed attempt", async () => {
    const { json, records, events } = await serve({
      handler: () => Promise.reject(problem("patient-not-found")),
    });
    expect(json).toMatchObject({ status: 404, code: "patient-not-found" });
    expect(records[1]).toMatchObject({
      resource: { id: ID },
      outcome: { code: 4, status: 404, error: "patient-not-found" },
    });
    expect(events).toEqual([]);
  });

  it("because the database cannot be reached is a 503", async () => {
    const services = fakeServices({ context: () => Promise.reject(new MongoNetworkError(CANARY)) });
    const { json, headers, records, called } = await serve({ services });
    expect(json).toMatchObject({ status: 503, code: "database-unavailable" });
    expect(headers).toMatchObject({ "retry-after": "1" });
    expect(phases(records)).toEqual(["intent", "outcome"]);
    expect(called).not.toHaveBeenCalled();
  });

  it.each([
    { status: 200, headers: { etag: '"1"' }, body: { ...PATIENT, gender: CANARY } },
    { status: 418, body: { [CANARY]: CANARY } },
  ])("by breaking the contract is a 500 without its data", async (reply) => {
    const { json, records, events } = await serve({ handler: () => Promise.resolve(reply) });
    expect(json).toMatchObject({ status: 500, code: "internal-error" });
    expect(records[1]?.outcome).toEqual({ code: 8, status: 500, error: "internal-error" });
    expect(events.map(({ event }) => event)).toEqual(["reply-breaks-contract", "request-failed"]);
  });

  it("without an audited access fails as safely", async () => {
    const operation = fakeOperation({ audit: null });
    const { json, records } = await serve({ operation, handler: () => Promise.reject(new Error(CANARY)) });
    expect(json).toMatchObject({ status: 500, code: "internal-error" });
    expect(records).toEqual([]);
  });
});

describe("many requests at once", () => {
  it("keep their ids, traces and answers apart", async () => {
    const services = fakeServices();
    const handler = async ({ path }: { path: { patientId: string } }) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      return { ...FOUND, body: { ...PATIENT, id: path.patientId } };
    };
    const serveOne = pipeline(fakeOperation(), handler, services);
    const ids = Array.from(
      { length: 100 },
      (_, index) => `0198c0de-0000-7000-9000-${String(index).padStart(12, "0")}`,
    );
    const answers = await Promise.all(
      ids.map((patientId) => serveOne(fakeRequest({ params: { patientId } }))),
    );
    expect(answers.map(({ body }): unknown => JSON.parse(body ?? ""))).toMatchObject(
      ids.map((id) => ({ id })),
    );
    const { records } = services.audit;
    expect(new Set(records.map(({ accessId }) => accessId)).size).toBe(100);
    expect(new Set(records.map(({ traceId }) => traceId)).size).toBe(100);
    for (const accessId of records.map((record) => record.accessId)) {
      const own = records.filter((record) => record.accessId === accessId);
      expect(phases(own)).toEqual(["intent", "outcome"]);
      expect(new Set(own.map(({ resource }) => resource.id)).size).toBe(1);
    }
  });
});
