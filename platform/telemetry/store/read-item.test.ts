import { describe, expect, it } from "@jest/globals";
import { makeEnvelope } from "../test-support/make-envelope.ts";
import { readItem } from "./read-item.ts";

describe("readItem", () => {
  it("reads a request", () => {
    const data = { url: "http://x/", properties: { a: "1", b: 2, c: null }, measurements: { m: 1.5 } };
    expect(readItem(makeEnvelope({ parent: "db9e10ef68c2ae99", data }), "own")).toEqual({
      kind: "request",
      id: "62ba8f4851367663",
      parentId: "db9e10ef68c2ae99",
      traceId: "ea0c5bd26f7f5ff8c106a1461ecf1f97",
      service: "patient",
      instance: "patient-1",
      name: "GET /patient/{patientId}",
      operation: "GET /patient/{patientId}",
      resultCode: "200",
      success: true,
      startMs: Date.UTC(2026, 10, 21, 14, 43, 36),
      durationMs: 5,
      sampleRate: 100,
      attributes: { url: "http://x/", a: "1", b: "2", m: "1.5" },
      links: [],
    });
  });

  it("reads a call with the requests that it was made for", () => {
    const links = JSON.stringify([{ operation_Id: "t1", id: "s1" }, { operation_Id: 1 }, null]);
    const data = { type: "HTTP", target: "audit", properties: { "_MS.links": links } };
    expect(readItem(makeEnvelope({ type: "RemoteDependency", data }), "own")).toMatchObject({
      kind: "dependency",
      type: "HTTP",
      target: "audit",
      links: [{ traceId: "t1", spanId: "s1" }],
      attributes: {},
    });
  });

  it.each(["", "no JSON", "{}", "[[[["])("takes links that are %j for none", (links) => {
    const item = readItem(makeEnvelope({ data: { properties: { "_MS.links": links } } }), "own");
    expect(item).toMatchObject({ links: [] });
  });

  it("reads an exception, a failure, and a message", () => {
    const exceptions = [{ typeName: "RangeError", message: "too far", stack: "at x" }];
    expect(readItem(makeEnvelope({ type: "Exception", data: { exceptions } }), "own")).toMatchObject({
      kind: "exception",
      id: "own",
      name: "RangeError",
      success: false,
      attributes: { message: "too far", stack: "at x" },
    });
    const message = { message: "quota", severityLevel: 2 };
    expect(readItem(makeEnvelope({ type: "Message", data: message }), "own")).toMatchObject({
      kind: "message",
      name: "quota",
      attributes: { severity: "Warning" },
    });
  });

  it("reads a metric, and not what the SDK says of the process in the form of one", () => {
    const metric = (name: string) =>
      makeEnvelope({ type: "Metric", data: { metrics: [{ name, value: 3, count: 2, min: 1 }] } });
    expect(readItem(metric("queue"), "own")).toMatchObject({ kind: "metric", value: 3, count: 2, min: 1 });
    expect(readItem(metric("_OTELRESOURCE_"), "own")).toBeUndefined();
  });

  it.each([
    [{ baseType: "EventData", baseData: {} }],
    [{ baseType: "__proto__", baseData: {} }],
    [{ baseType: "MetricData", baseData: { metrics: [] } }],
    [{ baseType: "MetricData", baseData: { metrics: "x" } }],
  ])("shows nothing of %j", (data) => {
    expect(readItem({ ...makeEnvelope(), data }, "own")).toBeUndefined();
  });

  it("survives what is of another type than it should be", () => {
    const wrong = {
      id: 1,
      name: {},
      duration: 5,
      success: "no",
      responseCode: 200,
      properties: { deep: { er: [] } },
    };
    const envelope = {
      ...makeEnvelope({ data: wrong }),
      tags: { "ai.operation.id": 7, "ai.cloud.role": [] },
    };
    expect(readItem(envelope, "own")).toMatchObject({
      id: "own",
      traceId: "",
      service: "(unknown)",
      name: "(unnamed request)",
      attributes: { deep: "(nested value)" },
    });
  });
});
