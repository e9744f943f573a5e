import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { callOf } from "../support/cases.ts";
import { clientOf, operations, publicOperations, request } from "../support/client.ts";
import type { Call } from "../support/client.ts";
import type { ContractOperation } from "../support/contract.ts";
import { eventually } from "../support/eventually.ts";
import { somebody, someTest, UNKNOWN_ID } from "../support/people.ts";
import { recordsOf, sealedRecord } from "../support/register.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { childrenOf, traceOf, withDescendants } from "../support/telemetry.ts";
import type { ShownSpan } from "../support/telemetry.ts";
import { newTrace } from "../support/trace.ts";

// On a busy machine telemetry comes late, which is no fault of it.
jest.setTimeout(90_000);

const CLIENT_SPAN = "00f067aa0ba902b7";

/**
 * One trace from the client to the database, as the collector has it from the shipped bundles and the SDK in them. The platform is
 * its own, and calls come one after the other: records of several requests would travel together.
 */
describe("a trace", () => {
  let platform: TestPlatform;
  /** Of the calls of all operations, made one after the other. */
  const made = new Map<string, { readonly traceId: string; readonly status: number }>();

  beforeAll(async () => {
    platform = await startTestPlatform({
      environment: { SPECIMEN_TELEMETRY: "local" },
      appSettings: { TELEMETRY_METRICS_INTERVAL_MS: "200" },
    });
    const { call } = clientOf(platform.gateway);
    const patientId: string = (await call("createPatient", { body: somebody() })).body.id;
    const testId: string = (await call("createTest", { path: { patientId }, body: someTest() })).body.id;
    const path = { patientId, testId, recordId: await sealedRecord(platform), from: "0", to: "0" };
    for (const operation of inOrder) {
      const { traceId, headers } = newTrace();
      const { status } = await call(operation.operationId, { ...callOf(operation, path), headers });
      made.set(operation.operationId, { traceId, status });
    }
  });
  afterAll(() => platform.stop());

  /** Deletions last, the whole after its parts: the others need what they delete. */
  const inOrder = publicOperations.toSorted((one, other) => deletes(one) - deletes(other));

  it.each(inOrder.map((operation) => [operation.operationId, operation] as const))(
    "of %s leads from the client to the databases",
    async (operationId, operation) => {
      const { traceId, status } = made.get(operationId) ?? { traceId: "", status: 0 };
      expect(String(status)).toMatch(/^2/);
      const records = operation.api === "patient" && operation.audited ? 2 : 0;
      const [root, ...others] = await traceOf(platform.gateway, traceId, (roots) =>
        isWhole(roots, operation, records),
      );
      expect(others).toEqual([]);
      expect(root).toMatchObject({
        ...{
          kind: "request",
          service: "gateway",
          parentId: CLIENT_SPAN,
          name: `${operation.api};rev=1 - ${operationId}`,
        },
        resultCode: String(status),
      });
      const [served] = requestsBelow(root, operation);
      expect(served).toMatchObject({
        ...{
          service: operation.api,
          name: `${operation.method} ${operation.path}`,
          resultCode: String(status),
          success: true,
        },
        attributes: {
          "specimen.operation": operationId,
          "specimen.request_id": expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      });
      expect(databasesOf(served)).toEqual(new Set([operation.api]));
      const calls = childrenOf(served, { type: "Http" });
      expect(calls.map(({ name, resultCode }) => [name, resultCode])).toEqual(
        Array.from({ length: records }, () => ["POST /auditrecords", "200"]),
      );
      for (const call of calls) {
        const [recorded] = childrenOf(call, { kind: "request" });
        expect(recorded).toMatchObject({ service: "audit", name: "POST /auditrecords", success: true });
        expect(databasesOf(recorded)).toEqual(new Set(["audit"]));
      }
      // Nothing of it is anywhere else, and nothing has lost its parent.
      const all = withDescendants(root ?? noSpan());
      expect(new Set(all.map((span) => span.traceId))).toEqual(new Set([traceId]));
      for (const parent of all) for (const child of parent.children) expect(child.parentId).toBe(parent.id);
      expect(all.filter(({ success }) => success === false)).toEqual([]);
    },
  );

  it.each(["appendAuditRecords", "createAuditRecord", "listOpenAccesses", "eraseSubjects"])(
    "of %s, which is for apps, leads from its caller to the database",
    async (operationId) => {
      const { traceId, headers } = newTrace();
      const key = platform.keys.audit?.hostKeys.default ?? "";
      const call = {
        ...INTERNAL[operationId]?.(),
        headers: { ...headers, "x-functions-key": key },
        key: null,
      };
      expect(String((await clientOf(platform.apps.audit ?? "").call(operationId, call)).status)).toMatch(
        /^2/,
      );
      const [root] = await traceOf(platform.gateway, traceId, (roots) => roots.length === 1);
      const operation = operations.get(operationId);
      expect(root).toMatchObject({
        ...{ kind: "request", service: "audit", parentId: CLIENT_SPAN, success: true },
        name: `${operation?.method} ${operation?.path}`,
      });
      expect(databasesOf(root)).toEqual(new Set(["audit"]));
    },
  );

  it("of a refusal by the gateway ends there, and tells why", async () => {
    const { traceId, headers } = newTrace();
    const { gateway } = platform;
    expect((await request("GET", `${gateway}/patient/${UNKNOWN_ID}`, { key: null, headers })).status).toBe(
      401,
    );
    const [root] = await traceOf(gateway, traceId, (roots) => (roots[0]?.children.length ?? 0) > 0);
    expect(root).toMatchObject({ service: "gateway", resultCode: "401", success: false });
    expect(root?.children).toMatchObject([{ kind: "exception", name: "SubscriptionKeyNotFound" }]);
  });

  it("of a refusal by an app tells the problem's code", async () => {
    const { traceId, headers } = newTrace();
    const { gateway } = platform;
    expect((await request("GET", `${gateway}/patient/${UNKNOWN_ID}`, { headers })).status).toBe(404);
    const [root] = await traceOf(gateway, traceId, (roots) =>
      roots[0] ? appRequests(roots[0]).length > 0 : false,
    );
    expect(appRequests(root ?? noSpan())[0]).toMatchObject({
      ...{ service: "patient", resultCode: "404", success: false },
      attributes: { "specimen.problem": "patient-not-found" },
    });
  });

  it("that the client did not name, or named wrongly, begins at the gateway", async () => {
    const { gateway } = platform;
    const url = `${gateway}/patient/${UNKNOWN_ID}`;
    for (const headers of [
      {},
      { traceparent: `00-${"0".repeat(32)}-${CLIENT_SPAN}-01` },
      { traceparent: "canary" },
    ]) {
      const { body } = await request("GET", url, { headers: { ...headers } });
      const [root] = await traceOf(
        gateway,
        body.traceId as string,
        (roots) => roots[0] !== undefined && appRequests(roots[0]).length > 0,
      );
      expect(root).toMatchObject({ service: "gateway", parentId: "" });
    }
  });

  it("that a client uses twice holds two requests, which their ids keep apart in telemetry, problems and the register", async () => {
    const { traceId, headers } = newTrace();
    const { gateway } = platform;
    const url = `${gateway}/patient/${UNKNOWN_ID}`;
    const first = await request("GET", url, { headers });
    const second = await request("GET", url, { headers });
    const roots = await traceOf(
      gateway,
      traceId,
      (all) => all.length === 2 && all.every((one) => appRequests(one).length > 0),
    );
    const served = roots.map((root) => appRequests(root)[0]?.attributes["specimen.request_id"]);
    const answered = [first, second].map(({ body }) => body.requestId as string);
    expect(new Set(answered).size).toBe(2);
    expect(served.sort()).toEqual(answered.sort());
    const records = await recordsOf(gateway, { traceId });
    expect(new Set(records.map(({ requestId }) => requestId))).toEqual(new Set(answered));
  });

  it("reaches a collector that took everything it was sent", () => {
    expect(platform.lines.filter((line) => line.includes('"event":"telemetry-'))).toEqual([]);
  });

  it("is counted: metrics reach the collector too", async () => {
    await request("POST", `${platform.gateway}/patient`, { body: {} });
    const names = await eventually(async () => {
      const { body } = await request("GET", `${platform.gateway}/telemetry/api/metrics`, { key: null });
      const found = new Set<string>((body.metrics as { name: string }[]).map(({ name }) => name));
      return (
        [
          "specimen.audit.duration",
          "specimen.audit.batch_size",
          "specimen.validation.failures",
          "specimen.outbox.depth",
        ].every((name) => found.has(name)) && found
      );
    });
    expect(names.size).toBeGreaterThanOrEqual(4);
  });
});

const INTERNAL: Readonly<Record<string, () => Call>> = {
  appendAuditRecords: () => ({ body: { records: [record()] } }),
  createAuditRecord: () => ({
    body: { sourceSystemName: "ward-7", resource: { type: "patient", id: UNKNOWN_ID, operation: "read" } },
  }),
  listOpenAccesses: () => ({ query: { service: "patient", before: "2026-11-20T08:30:00.000Z" } }),
  eraseSubjects: () => ({ body: { ids: [UNKNOWN_ID] } }),
};

function record() {
  const accessId = randomUUID();
  return {
    ...{ id: `${accessId}:intent`, accessId, phase: "intent", createdDate: "2026-11-20T08:30:00.000Z" },
    ...{ sourceSystemName: "ward-7", operationId: "getPatient", action: "R", requestId: accessId },
    resource: { type: "patient", operation: "read" },
    actor: { subscription: "partner-1" },
    traceId: "0af7651916cd43dd8448eb211c80319c",
  };
}

function deletes({ method, path }: ContractOperation): number {
  return method === "DELETE" ? 1 / path.length : 0;
}

/** The gateway's calls of the app, and what the app made of them. */
function requestsBelow(root: ShownSpan | undefined, { api }: ContractOperation): readonly ShownSpan[] {
  return (root?.children ?? []).flatMap((call) => childrenOf(call, { kind: "request", service: api }));
}

function appRequests(root: ShownSpan): readonly ShownSpan[] {
  return root.children.flatMap((call) => childrenOf(call, { kind: "request" }));
}

function databasesOf(span: ShownSpan | undefined): ReadonlySet<string | undefined> {
  return new Set(childrenOf(span, { type: "mongodb" }).map(({ service }) => service));
}

/** Whether everything has arrived: the app's request, and of each record the call and the register's request. */
function isWhole(roots: readonly ShownSpan[], operation: ContractOperation, records: number): boolean {
  const [served] = requestsBelow(roots[0], operation);
  const calls = childrenOf(served, { type: "Http" });
  return (
    served !== undefined &&
    calls.length >= records &&
    calls.every((call) => childrenOf(call, { kind: "request" }).length > 0)
  );
}

function noSpan(): never {
  throw new Error("The trace has no root.");
}
