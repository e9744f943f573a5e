import { describe, expect, it } from "@jest/globals";
import { continueTrace } from "./trace.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const OWN = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/;

describe("continueTrace", () => {
  it.each([
    `00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-00`,
    `00-${TRACE}-${PARENT}-ff`,
    `01-${TRACE}-${PARENT}-01`,
    `cc-${TRACE}-${PARENT}-01-what-the-future-holds`,
    `fe-${TRACE}-${PARENT}-01-`,
  ])("continues %s with a span of its own", (traceparent) => {
    const { traceId, traceparent: next } = continueTrace(traceparent);
    expect(traceId).toBe(TRACE);
    expect(OWN.exec(next)?.[1]).toBe(TRACE);
    expect(next).not.toContain(PARENT);
  });

  it.each([
    null,
    "",
    "canary",
    `ff-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01-more`,
    `00-${TRACE}-${PARENT}-01-`,
    `cc-${TRACE}-${PARENT}-01.more`,
    `cc-${TRACE}-${PARENT}-011`,
    `00-${"0".repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE.slice(1)}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}`,
    `0-${TRACE}-${PARENT}-01`,
    ` 00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01\n`,
    `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`,
    `00-${TRACE.replace("a", "g")}-${PARENT}-01`,
  ])("replaces %j by a trace of its own", (traceparent) => {
    const { traceId, traceparent: next } = continueTrace(traceparent);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(traceId).not.toBe(TRACE);
    expect(OWN.exec(next)?.[1]).toBe(traceId);
  });

  it("makes another trace each time", () => {
    const traces = Array.from({ length: 1_000 }, () => continueTrace(null).traceId);
    expect(new Set(traces).size).toBe(1_000);
  });
});
