import { describe, expect, it, jest } from "@jest/globals";
import { MongoNetworkError } from "mongodb";
import type { AuditRecord } from "./audit/audit-record.ts";
import { searchTerms } from "./audit/search-terms.ts";
import type { OperationDefinition } from "./operation.ts";
import { pipeline } from "./pipeline.ts";
import type { AnyHandler, Invocation } from "./pipeline.ts";
import { problem } from "./problem/problem.ts";
import type { Reply } from "./reply.ts";
import type { HttpRequest } from "./request/http-request.ts";
import { ReplyContractError } from "./reply-validation/reply-contract-error.ts";
import type { ReplyValidation } from "./reply-validation/reply-validator.ts";
import { SecretUnavailableError } from "./secrets/secret-store.ts";
import { caught } from "./testing/caught.ts";
import { contractSchema } from "./testing/contract-schema.ts";
import { fakeCreate, fakeOperation, fakeSearch, responseValidator } from "./testing/fake-operation.ts";
import { fakeRequest, jsonRequest } from "./testing/fake-request.ts";
import { fakeServices, NEW_ID, REQUEST_ID } from "./testing/fake-services.ts";
import type { FakeServices } from "./testing/fake-services.ts";
import type { HttpReply } from "./serialise.ts";
import { recordingSink } from "./testing/recording-sink.ts";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CANARY = "canary-7f3a";
const NEW_PATIENT = { firstName: CANARY, gender: "female", dateOfBirth: "1984", postCode: "3012" };
const PATIENT = { id: ID, ...NEW_PATIENT, lastUpdated: "2026-11-20T08:30:00.000Z" };
const FOUND: Reply = { status: 200, headers: { etag: '"3"' }, body: PATIENT };

const isProblem = contractSchema({ $ref: "shared/schemas.yaml#/Problem" });
const isRecord = contractSchema({ $ref: "audit.yaml#/components/schemas/AuditRecordAppend" });

const getRequest = (headers: Record<string, string> = {}) =>
  fakeRequest({ params: { patientId: ID }, headers });

/** What is not sent while it is made. */
function textOf(body: HttpReply["body"]): string {
  if (typeof body === "string") return body;
  throw new Error("The answer has no text.");
}

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
  const json: unknown = body === undefined ? undefined : JSON.parse(textOf(body));
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
    expect(invocations).toEqual([{ accessId: REQUEST_ID, newId: NEW_ID, now: services.clock.now() }]);
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

  it("without an audited access fails as safely", async () => {
    const operation = fakeOperation({ audit: null });
    const { json, records } = await serve({ operation, handler: () => Promise.reject(new Error(CANARY)) });
    expect(json).toMatchObject({ status: 500, code: "internal-error" });
    expect(records).toEqual([]);
  });
});

describe("an answer that breaks the contract", () => {
  const SECRET: Reply = { status: 200, headers: { etag: '"3"' }, body: { ...PATIENT, nickname: CANARY } };
  const BROKEN: readonly [string, Reply, string][] = [
    ["by a value", { ...FOUND, body: { ...PATIENT, gender: CANARY } }, "enum"],
    ["by a property", SECRET, "additionalProperties"],
    ["by its status", { status: 418, body: { [CANARY]: CANARY } }, "undeclared-status"],
    ["by a header", { ...FOUND, headers: { etag: '"3"', [CANARY]: CANARY } }, "undeclared-header"],
  ];
  const served = (reply: Reply) => () => Promise.resolve(reply);
  const stage = (validation: ReplyValidation, audit = recordingSink()) =>
    fakeServices({ audit }, { validation });
  const FAILED = { code: 8, status: 500, error: "internal-error" };

  it.each(BROKEN)("%s is thrown in tests, when its outcome has been recorded", async (_name, reply, rule) => {
    const services = stage("throw");
    const error = await caught(() => serve({ services, handler: served(reply) }));
    expect(error).toBeInstanceOf(ReplyContractError);
    expect(error).toMatchObject({ fault: { operationId: "getPatient", status: reply.status, rule } });
    expect(String(error)).not.toContain(CANARY);
    expect(phases(services.audit.records)).toEqual(["intent", "outcome"]);
    expect(services.audit.records[1]?.outcome).toEqual(FAILED);
    expect(services.recorded.events).toMatchObject([
      { event: "reply-breaks-contract", rule, requestId: REQUEST_ID },
      { event: "request-failed", cause: "ReplyContractError", requestId: REQUEST_ID },
    ]);
  });

  it.each(BROKEN)("%s is a 500 without its data in staging", async (_name, reply, rule) => {
    const { json, records, events } = await serve({ services: stage("refuse"), handler: served(reply) });
    expect(json).toMatchObject({ status: 500, code: "internal-error", requestId: REQUEST_ID });
    expect(records[1]?.outcome).toEqual(FAILED);
    expect(events).toMatchObject([{ event: "reply-breaks-contract", rule }, { event: "request-failed" }]);
  });

  it("leaves in production, and its outcome says what left", async () => {
    const services = stage("log");
    const answer = await pipeline(fakeOperation(), served(SECRET), services)(getRequest());
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect(JSON.parse(textOf(answer.body))).toEqual(SECRET.body);
    const resources = [{ type: "patient", id: ID, version: 3 }];
    expect(services.audit.records[1]?.outcome).toEqual({ code: 0, status: 200, resources });
    expect(services.recorded.events).toMatchObject([{ event: "reply-breaks-contract" }]);
    expect(JSON.stringify(services.recorded.events)).not.toContain(CANARY);
  });

  it("leaves in production with its status, which is recorded as it is", async () => {
    const services = stage("log");
    const reply = { status: 418, body: { id: ID } };
    const { status } = await pipeline(fakeOperation(), served(reply), services)(getRequest());
    expect(status).toBe(418);
    const resources = [{ type: "patient", id: ID }];
    expect(services.audit.records[1]?.outcome).toEqual({ code: 4, status: 418, resources });
  });

  it("leaves in production without the body that HTTP does not allow, of which nothing is recorded", async () => {
    const services = stage("log");
    const reply = { status: 204, body: PATIENT };
    const answer = await pipeline(fakeOperation(), served(reply), services)(getRequest());
    expect(answer).toEqual({ status: 204, headers: { "cache-control": "no-store" } });
    expect(services.audit.records[1]?.outcome).toEqual({ code: 0, status: 204 });
  });

  it.each<[string, Reply, string]>([
    ["cannot be sent", { status: 999, body: {} }, "UnsendableReplyError"],
    ["cannot be written", { status: 200, body: { count: 1n } }, "TypeError"],
    ["discloses what no record can name", { status: 200, body: { id: CANARY } }, "UnrecordableReplyError"],
  ])("is a 500 in production, too, when it %s", async (_name, reply, cause) => {
    const services = fakeServices({}, { validation: "log", rate: 0 });
    const { json, records, events } = await serve({ services, handler: served(reply) });
    expect(json).toMatchObject({ status: 500, code: "internal-error" });
    expect(records[1]?.outcome).toEqual(FAILED);
    expect(events).toMatchObject([{ event: "request-failed", cause }]);
  });

  it("says that a change may have been made", async () => {
    const create = { operation: fakeCreate(), request: jsonRequest(NEW_PATIENT) };
    const handler = served({ status: 200, body: { id: NEW_ID } });
    const { json } = await serve({ ...create, services: stage("refuse"), handler });
    expect(json).toMatchObject({
      code: "internal-error",
      detail: expect.stringContaining("may have been made"),
    });
  });

  it("is thrown for an operation that is not audited, too", async () => {
    const operation = fakeOperation({ audit: null });
    const error = await caught(() => serve({ operation, handler: served(SECRET) }));
    expect(error).toBeInstanceOf(ReplyContractError);
  });

  it("is refused although the register is down, and does not leave", async () => {
    const services = stage(
      "refuse",
      recordingSink([], (phase) => phase === "outcome"),
    );
    const { json } = await serve({ services, handler: served(SECRET) });
    expect(json).toMatchObject({ status: 503, code: "audit-unavailable" });
  });

  describe("and is a problem", () => {
    const undeclared = () => Promise.reject(problem("precondition-failed"));
    const { "412": _without, ...responses } = fakeOperation().responses;
    const operation = fakeOperation({ responses });

    it("that its operation does not declare: thrown in tests", async () => {
      const error = await caught(() => serve({ operation, handler: undeclared }));
      expect(error).toMatchObject({ fault: { status: 412, rule: "undeclared-status" } });
    });

    it("is a 500 in staging, and recorded as that", async () => {
      const services = stage("refuse");
      const { json, records } = await serve({ operation, services, handler: undeclared });
      expect(json).toMatchObject({ status: 500, code: "internal-error" });
      expect(records[1]?.outcome).toEqual(FAILED);
    });

    it("leaves in production, and is recorded as that", async () => {
      const services = stage("log");
      const { json, records } = await serve({ operation, services, handler: undeclared });
      expect(json).toMatchObject({ status: 412, code: "precondition-failed" });
      expect(records[1]?.outcome).toEqual({ code: 4, status: 412, error: "precondition-failed" });
    });

    it("is a 500 where the operation declares none, either", async () => {
      const services = stage("refuse");
      const bare = fakeOperation({ responses: {} });
      const { json, events } = await serve({ operation: bare, services, handler: undeclared });
      expect(json).toMatchObject({ status: 500, code: "internal-error" });
      expect(events.map(({ event }) => event)).toEqual(["reply-breaks-contract", "request-failed"]);
    });

    it("refuses a request: what is recorded is what is answered", async () => {
      const { "415": _none, ...others } = fakeCreate().responses;
      const create = fakeCreate({ responses: others });
      const request = fakeRequest({ body: CANARY, headers: { "content-type": "text/plain" } });
      const { json, records } = await serve({ operation: create, services: stage("refuse"), request });
      expect(json).toMatchObject({ status: 500, code: "internal-error" });
      expect(records).toMatchObject([{ phase: "closed", outcome: FAILED }]);
      const services = stage("throw");
      expect(await caught(() => serve({ operation: create, services, request }))).toBeInstanceOf(
        ReplyContractError,
      );
      expect(services.audit.records).toMatchObject([{ phase: "closed", outcome: FAILED }]);
    });
  });
});

describe("an answer that is sent while it is made", () => {
  const operation = fakeOperation({
    audit: { action: "export", resource: "patient", id: null },
    responses: {
      ...fakeOperation().responses,
      "200": {
        contentType: "application/x-ndjson",
        validate: responseValidator({ body: { type: "object", required: ["line"] } }),
      },
    },
  });
  async function* lines(count: number, after?: Error) {
    for (let line = 0; line < count; line++) yield await Promise.resolve({ line });
    if (after) throw after;
  }
  async function streamed(body: AsyncIterable<unknown>, services = fakeServices()) {
    const answer = await pipeline(
      operation,
      () => Promise.resolve({ status: 200, body }),
      services,
    )(getRequest());
    return { answer, records: services.audit.records, services };
  }
  const outcomes = (records: readonly AuditRecord[]) => records.map(({ phase, outcome }) => [phase, outcome]);

  it("is recorded as begun before its first byte, and as completed before its last", async () => {
    const { answer, records } = await streamed(lines(2));
    expect(answer.headers["content-type"]).toBe("application/x-ndjson");
    expect(outcomes(records)).toEqual([["intent", undefined]]);
    expect(await new Response(answer.body).text()).toBe('{"line":0}\n{"line":1}\n');
    expect(outcomes(records).slice(1)).toEqual([["outcome", { code: 0, status: 200 }]]);
  });

  it("is recorded as aborted when its client goes away", async () => {
    const { answer, records } = await streamed(lines(100_000));
    await (answer.body as ReadableStream<Uint8Array>).cancel();
    expect(outcomes(records).slice(1)).toEqual([["outcome", { code: 4, status: 200, error: "aborted" }]]);
  });

  it("breaks off where it fails, and is recorded so", async () => {
    const { answer, records, services } = await streamed(lines(1, new Error(CANARY)));
    expect(await caught(() => new Response(answer.body).text())).toBeInstanceOf(Error);
    expect(outcomes(records).slice(1)).toEqual([
      ["outcome", { code: 8, status: 200, error: "internal-error" }],
    ]);
    expect(services.recorded.events).toMatchObject([{ event: "request-failed", code: "internal-error" }]);
  });

  it("is a problem when it cannot begin", async () => {
    const { answer, records } = await streamed(lines(0, new Error(CANARY)));
    expect([answer.status, JSON.parse(textOf(answer.body)).code]).toEqual([500, "internal-error"]);
    expect(outcomes(records).slice(1)).toEqual([
      ["outcome", { code: 8, status: 500, error: "internal-error" }],
    ]);
  });

  it("breaks off instead of ending when its end cannot be recorded", async () => {
    const audit = recordingSink([], (phase) => phase === "outcome");
    const { answer } = await streamed(lines(1), fakeServices({ audit }));
    expect(await caught(() => new Response(answer.body).text())).toMatchObject({ code: "audit-unavailable" });
  });

  it("is held against the contract line by line", async () => {
    async function* broken() {
      yield await Promise.resolve({ line: 1 });
      yield await Promise.resolve({ other: 1 });
    }
    const { answer } = await streamed(broken());
    expect(await caught(() => new Response(answer.body).text())).toBeInstanceOf(ReplyContractError);
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
    expect(answers.map(({ body }): unknown => JSON.parse(textOf(body)))).toMatchObject(
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
