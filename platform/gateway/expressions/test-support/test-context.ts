import { BufferedBody } from "../buffered-body.ts";
import type { ExpressionContext, ExpressionResponse, ExpressionUrl } from "../context.ts";

/** A context for tests: a GET of one patient, by a partner, without a response yet. */
export function testContext(changes: Partial<ExpressionContext> = {}): ExpressionContext {
  return {
    requestId: "0f8fad5b-d9cb-469f-a165-70867728950e",
    timestamp: new Date("2026-03-04T05:06:07.890Z"),
    elapsed: 1234,
    tracing: false,
    variables: new Map(),
    lastError: null,
    api: {
      id: "patient",
      name: "Patient",
      path: "patient",
      revision: "1",
      isCurrentRevision: true,
      version: "",
      serviceUrl: null,
    },
    operation: { id: "getPatient", name: "getPatient", method: "GET", urlTemplate: "/{patientId}" },
    product: null,
    subscription: { id: "s-1", name: "Partner one", key: "k", primaryKey: "k", secondaryKey: "l" },
    user: null,
    deployment: { region: "Local", serviceId: "local", serviceName: "local", gatewayId: "managed" },
    request: {
      method: "GET",
      url: testUrl("/p-7"),
      originalUrl: testUrl("/patient/p-7"),
      headers: new Map([
        ["accept", ["application/json", "text/plain"]],
        ["x-trace", ["abc"]],
      ]),
      matchedParameters: new Map([["patientId", "p-7"]]),
      ipAddress: "127.0.0.1",
      body: null,
    },
    response: null,
    random: () => 0.5,
    now: () => new Date("2026-03-04T05:06:10.000Z"),
    newGuid: () => "11111111-2222-3333-4444-555555555555",
    ...changes,
  };
}

/** A response with a JSON body. */
export function testResponse(statusCode: number, body: string | null): ExpressionResponse {
  return {
    kind: "response",
    statusCode,
    statusReason: "Reason",
    headers: new Map([["content-type", ["application/json"]]]),
    body: body === null ? null : new BufferedBody(Buffer.from(body)),
  };
}

function testUrl(path: string): ExpressionUrl {
  return {
    scheme: "https",
    host: "api.example.test",
    port: 443,
    path,
    query: new Map([["q", ["a b", "c"]]]),
    queryString: "?q=a%20b&q=c",
  };
}
