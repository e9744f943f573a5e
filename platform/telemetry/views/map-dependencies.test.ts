import { describe, expect, it } from "@jest/globals";
import { makeEnvelope } from "../test-support/make-envelope.ts";
import { makeTransaction } from "../test-support/make-transaction.ts";
import { readItems } from "../test-support/read-items.ts";
import { mapDependencies } from "./map-dependencies.ts";

describe("mapDependencies", () => {
  const edgesOf = (...envelopes: ReturnType<typeof makeEnvelope>[]) =>
    mapDependencies(readItems(envelopes)).edges.map(({ from, to, calls, failures, averageMs }) => [
      from,
      to,
      calls,
      failures,
      averageMs,
    ]);

  it("leads from service to service to database", () => {
    expect(edgesOf(...makeTransaction())).toEqual([
      ["gateway", "patient", 1, 0, 16],
      ["patient", "audit", 1, 0, 6],
      ["audit", "mongodb|audit", 1, 0, 2],
    ]);
    const { nodes } = mapDependencies(readItems(makeTransaction()));
    expect(nodes).toContainEqual({
      id: "patient",
      kind: "service",
      label: "patient",
      calls: 1,
      failures: 0,
      averageMs: 12.5,
    });
    expect(nodes).toContainEqual({
      id: "mongodb|audit",
      kind: "external",
      type: "mongodb",
      label: "audit",
      calls: 1,
      failures: 0,
      averageMs: 2,
    });
  });

  it("leads from a gateway that reports its requests only", () => {
    const request = makeEnvelope({ role: "gateway", id: "g" });
    expect(edgesOf(request, makeEnvelope({ id: "p", parent: "g", data: { success: false } }))).toEqual([
      ["gateway", "patient", 1, 1, 5],
    ]);
  });

  it("knows a service by its target when it did not answer", () => {
    const refused = {
      type: "HTTP",
      target: "127.0.0.1:4002",
      success: false,
      resultCode: "0",
      duration: "00:00:00.010",
    };
    const call = (id: string, data: object) =>
      makeEnvelope({ type: "RemoteDependency", id, data: { ...refused, ...data } });
    expect(edgesOf(...makeTransaction(), call("x", {}), call("y", { target: "elsewhere" }))).toEqual([
      ["gateway", "patient", 1, 0, 16],
      ["patient", "audit", 2, 1, 8],
      ["audit", "mongodb|audit", 1, 0, 2],
      ["patient", "HTTP|elsewhere", 1, 1, 10],
    ]);
  });

  it("does not follow what a service does within itself", () => {
    expect(edgesOf(makeEnvelope({ type: "RemoteDependency", data: { type: "InProc" } }))).toEqual([]);
  });
});
