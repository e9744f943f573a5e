import { describe, expect, it } from "@jest/globals";
import type { SpanRecord } from "./span-record.ts";
import { tracer } from "./tracer.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const TRACEPARENT = `00-${TRACE}-${PARENT}-01`;

/** A tracer, what it records, and the time, which passes by a millisecond each time that it is asked for. */
function recording(ratio = 1) {
  const sent: SpanRecord[][] = [];
  let time = 1_000;
  return {
    sent,
    made: tracer({ ratio, add: (records) => void sent.push([...records]), startClock: () => () => time++ }),
  };
}

describe("tracer", () => {
  it("continues the caller's trace below its place, with a place of its own", () => {
    const { sent, made } = recording();
    const { span, end } = made.request("GET /a", TRACEPARENT, { "http.route": "/a" });
    expect(span).toMatchObject({ traceId: TRACE, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(span.traceparent).toBe(`00-${TRACE}-${span.spanId}-01`);
    span.set({ "http.response.status_code": 200 });
    end();
    expect(sent).toEqual([
      [
        {
          ...{ traceId: TRACE, spanId: span.spanId, parentId: PARENT, name: "GET /a", kind: "server" },
          ...{ startMs: 1_000, durationMs: 1, failed: false, links: [], sampleRate: 100 },
          attributes: { "http.route": "/a", "http.response.status_code": 200 },
        },
      ],
    ]);
  });

  it.each([null, "", "canary", `00-${"0".repeat(32)}-${PARENT}-01`])(
    "begins a trace of its own for the traceparent %j",
    (traceparent) => {
      const { sent, made } = recording();
      const { span, end } = made.request("GET /a", traceparent, {});
      end();
      expect(span.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
      expect(span.traceId).not.toBe(TRACE);
      expect(sent[0]?.[0]).not.toHaveProperty("parentId");
    },
  );

  it("makes other ids each time", () => {
    const { made } = recording();
    const roots = Array.from({ length: 2_000 }, () => made.request("GET /a", null, {}).span);
    expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(2_000);
    expect(new Set(roots.map(({ spanId }) => spanId)).size).toBe(2_000);
  });

  it("sends a request with its calls when it ends, not before, and each span once", () => {
    const { sent, made } = recording();
    const { span, end } = made.request("GET /a", TRACEPARENT, {});
    const call = span.call("find patients", { "db.system": "mongodb" });
    const inner = call.call("inner", {});
    inner.end();
    call.end();
    call.end();
    expect(sent).toEqual([]);
    end();
    end();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.map(({ name, parentId, kind }) => [name, parentId, kind])).toEqual([
      ["inner", call.spanId, "client"],
      ["find patients", span.spanId, "client"],
      ["GET /a", PARENT, "server"],
    ]);
  });

  it("sends what ends after its request by itself", () => {
    const { sent, made } = recording();
    const { span, end } = made.request("GET /a", TRACEPARENT, {});
    const late = span.call("insert outbox", {});
    end();
    late.end();
    expect(sent.map((spans) => spans.map(({ name }) => name))).toEqual([["GET /a"], ["insert outbox"]]);
  });

  it("tells a failure by name and place, never by its message, and keeps the first links to other spans", () => {
    const { sent, made } = recording();
    const { span, end } = made.request("GET /a", TRACEPARENT, {});
    span.fail(new TypeError("canary\n    at canary (canary.ts:1:1)"));
    span.link(span);
    for (let count = 0; count < 150; count++) span.link({ traceId: TRACE, spanId: PARENT });
    end();
    const [record] = sent[0] ?? [];
    expect(record).toMatchObject({ failed: true, exception: { type: "TypeError" } });
    expect(record?.exception?.frames).toContain("tracer.test.ts:");
    expect(JSON.stringify(record)).not.toContain("canary");
    expect(record?.links).toHaveLength(100);
  });

  it("records nothing of a trace that is not sampled, but ids travel on and say so", () => {
    const { sent, made } = recording(0);
    const { span, end } = made.request("GET /a", TRACEPARENT, {});
    span.call("find patients", {}).end();
    end();
    expect(sent).toEqual([]);
    expect(span.traceparent).toBe(`00-${TRACE}-${span.spanId}-00`);
  });

  it("records a failure with all that led to it, sampled or not, and each stands for itself", () => {
    const { sent, made } = recording(0);
    const { span, end } = made.request("GET /a", TRACEPARENT, {});
    span.call("find patients", {}).end();
    span.fail(new Error("canary"));
    end();
    expect(sent[0]?.map(({ name, sampleRate }) => [name, sampleRate])).toEqual([
      ["find patients", 100],
      ["GET /a", 100],
    ]);
  });

  it("counts a failure once, also where its trace is one of several", () => {
    const { sent, made } = recording(0.5);
    for (let count = 0; count < 100; count++) {
      const { span, end } = made.request("GET /a", null, {});
      span.fail();
      end();
    }
    expect(sent.flat().map(({ sampleRate }) => sampleRate)).toEqual(Array.from({ length: 100 }, () => 100));
  });

  it("tells of how many a sampled trace is one: a whole number", () => {
    const { sent, made } = recording(0.3);
    for (let count = 0; count < 1_000; count++) made.request("GET /a", null, {}).end();
    expect(new Set(sent.flat().map(({ sampleRate }) => sampleRate))).toEqual(new Set([25]));
    expect(sent.length).toBeGreaterThan(150);
    expect(sent.length).toBeLessThan(350);
  });

  it("keeps runs of a job that did or failed something, and no others", () => {
    const { sent, made } = recording();
    made.job("audit-relay").end(false);
    made.job("audit-relay").end(true);
    const failing = made.job("audit-relay");
    failing.span.fail(new Error("canary"));
    failing.end(false);
    expect(sent.flat().map(({ name, failed, attributes }) => [name, failed, attributes])).toEqual([
      ["audit-relay", false, { "specimen.job": "audit-relay" }],
      ["audit-relay", true, { "specimen.job": "audit-relay" }],
    ]);
  });

  it("holds a bounded number of calls, and says how many are left out", () => {
    const { sent, made } = recording();
    const { span, end } = made.request("GET /a", TRACEPARENT, {});
    for (let count = 0; count < 700; count++) span.call("getMore ledger", {}).end();
    end();
    expect(sent[0]).toHaveLength(501);
    expect(sent[0]?.at(-1)).toMatchObject({ name: "GET /a", attributes: { "specimen.spans_left_out": 200 } });
  });

  it("has ids but records nothing when nobody takes it", () => {
    const { span, end } = tracer().request("GET /a", TRACEPARENT, {});
    const call = span.call("find patients", {});
    call.end();
    end();
    expect(call.traceId).toBe(TRACE);
    expect(call.traceparent).toBe(`00-${TRACE}-${call.spanId}-00`);
  });
});
