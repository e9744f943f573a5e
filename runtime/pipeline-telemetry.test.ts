import { describe, expect, it } from "@jest/globals";
import { pipeline } from "./pipeline.ts";
import type { AnyHandler } from "./pipeline.ts";
import { problem } from "./problem/problem.ts";
import type { Reply } from "./reply.ts";
import { currentSpan } from "./telemetry/current-span.ts";
import { caught } from "./testing/caught.ts";
import { fakeCreate, fakeOperation, responseValidator } from "./testing/fake-operation.ts";
import { fakeRequest, jsonRequest } from "./testing/fake-request.ts";
import { fakeServices, REQUEST_ID } from "./testing/fake-services.ts";
import { recordingTelemetry } from "./testing/recording-telemetry.ts";
import { recordingSink } from "./testing/recording-sink.ts";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CANARY = "canary7f3a";
const PATIENT = {
  ...{ id: ID, firstName: CANARY, gender: "female", dateOfBirth: "1984", postCode: "3012" },
  lastUpdated: "2026-11-20T08:30:00.000Z",
};
const FOUND: Reply = { status: 200, headers: { etag: '"3"' }, body: PATIENT };
const getRequest = () =>
  fakeRequest({
    params: { patientId: ID },
    headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, "user-agent": CANARY },
  });

/** What telemetry has of one request. */
async function told(
  handler: AnyHandler<string> = () => Promise.resolve(FOUND),
  operation = fakeOperation(),
  request = getRequest(),
  audit = recordingSink(),
) {
  const telemetry = recordingTelemetry();
  const services = fakeServices({ telemetry, audit });
  const reply = await pipeline(operation, handler, services)(request);
  expect(JSON.stringify([telemetry.spans, telemetry.measurements])).not.toContain(CANARY);
  return { reply, telemetry, services, span: telemetry.spans.at(-1) };
}

describe("telemetry of a request", () => {
  it("says which operation it was and how it ended", async () => {
    const { span } = await told();
    expect(span).toMatchObject({
      ...{ traceId: TRACE, parentId: "b7ad6b7169203331", name: "GET /patient/{patientId}", kind: "server" },
      failed: false,
      attributes: {
        "http.request.method": "GET",
        "http.route": "/patient/{patientId}",
        "http.response.status_code": 200,
        "specimen.operation": "getPatient",
        "specimen.request_id": REQUEST_ID,
      },
    });
  });

  it("has its audit records and its handler work in its span", async () => {
    const audit = recordingSink();
    const seen: unknown[] = [];
    const { span } = await told(
      () => {
        seen.push(currentSpan()?.spanId);
        return Promise.resolve(FOUND);
      },
      fakeOperation(),
      getRequest(),
      audit,
    );
    expect(seen).toEqual([span?.spanId]);
    expect(audit.traceparents).toEqual([`00-${TRACE}-${span?.spanId}-01`, `00-${TRACE}-${span?.spanId}-01`]);
  });

  it("tells a refusal by the problem's code, as no failure of ours", async () => {
    const { span } = await told(() => Promise.reject(problem("patient-not-found")));
    expect(span).toMatchObject({
      failed: false,
      attributes: { "http.response.status_code": 404, "specimen.problem": "patient-not-found" },
    });
    expect(span).not.toHaveProperty("exception");
  });

  it("tells a failure by the name of its cause and where that was thrown", async () => {
    const { span } = await told(() => Promise.reject(new TypeError(CANARY)));
    expect(span).toMatchObject({
      failed: true,
      attributes: { "http.response.status_code": 500, "specimen.problem": "internal-error" },
      exception: { type: "TypeError", frames: expect.stringContaining("pipeline-telemetry.test.ts") },
    });
  });

  it("tells a register that is away", async () => {
    const { span } = await told(
      undefined,
      undefined,
      undefined,
      recordingSink([], () => true),
    );
    expect(span).toMatchObject({
      failed: true,
      attributes: { "http.response.status_code": 503, "specimen.problem": "audit-unavailable" },
    });
  });

  it("counts the faults of a request by operation and rule, never by value", async () => {
    const body = { firstName: CANARY, gender: CANARY, dateOfBirth: CANARY, [CANARY]: CANARY };
    const { telemetry } = await told(undefined, fakeCreate(), jsonRequest(body));
    const rules = telemetry.measurements.map(({ name, value, dimensions }) => [name, value, dimensions.rule]);
    expect(rules.sort()).toEqual([
      ["specimen.validation.failures", 1, "additionalProperties"],
      ["specimen.validation.failures", 1, "enum"],
      ["specimen.validation.failures", 1, "format"],
      ["specimen.validation.failures", 1, "maxLength"],
      ["specimen.validation.failures", 1, "required"],
      ["specimen.validation.failures", 1, "x-not-after-today"],
    ]);
    expect(telemetry.measurements[0]?.dimensions.operation).toBe("createPatient");
  });

  describe("whose answer is sent while it is made", () => {
    const operation = fakeOperation({
      responses: {
        ...fakeOperation().responses,
        "200": {
          contentType: "application/x-ndjson",
          validate: responseValidator({ body: { type: "object" } }),
        },
      },
    });
    const spansSeen: unknown[] = [];
    async function* lines(after?: Error) {
      spansSeen.push(currentSpan()?.spanId);
      yield await Promise.resolve({ line: 1 });
      spansSeen.push(currentSpan()?.spanId);
      if (after) throw after;
    }
    const streamed = (body: AsyncIterable<unknown>) =>
      told(() => Promise.resolve({ status: 200, body }), operation);

    it("ends with the answer, whose making is in its span", async () => {
      spansSeen.length = 0;
      const { reply, telemetry } = await streamed(lines());
      expect(telemetry.spans).toEqual([]);
      await new Response(reply.body).text();
      expect(telemetry.spans).toMatchObject([
        { failed: false, attributes: { "http.response.status_code": 200 } },
      ]);
      expect(spansSeen).toEqual([telemetry.spans[0]?.spanId, telemetry.spans[0]?.spanId]);
    });

    it("ends where the answer breaks off, as a failure", async () => {
      const { reply, telemetry } = await streamed(lines(new TypeError(CANARY)));
      await caught(() => new Response(reply.body).text());
      expect(telemetry.spans).toMatchObject([{ failed: true, exception: { type: "TypeError" } }]);
    });

    it("ends when its client goes away", async () => {
      const { reply, telemetry } = await streamed(lines());
      await (reply.body as ReadableStream<Uint8Array>).cancel();
      expect(telemetry.spans).toHaveLength(1);
    });

    it("ends at once when its headers cannot be sent", async () => {
      const reply = { status: 200, headers: { etag: "€" }, body: lines() };
      const telemetry = recordingTelemetry();
      const services = fakeServices({ telemetry }, { validation: "log", rate: 0 });
      expect((await pipeline(operation, () => Promise.resolve(reply), services)(getRequest())).status).toBe(
        500,
      );
      expect(telemetry.spans).toMatchObject([{ failed: true }]);
    });

    it("ends at once when it cannot begin", async () => {
      async function* none() {
        await Promise.reject(new TypeError(CANARY));
        yield 1;
      }
      const { telemetry } = await streamed(none());
      expect(telemetry.spans).toMatchObject([
        { failed: true, attributes: { "http.response.status_code": 500 } },
      ]);
    });
  });
});
