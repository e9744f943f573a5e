import { describe, expect, it } from "@jest/globals";
import { readTraceparent, traceparentOf } from "./trace-context.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";

describe("readTraceparent", () => {
  it.each([
    `00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-00`,
    `00-${TRACE}-${PARENT}-ff`,
    `01-${TRACE}-${PARENT}-01`,
    `cc-${TRACE}-${PARENT}-01-what-the-future-holds`,
    `fe-${TRACE}-${PARENT}-01-`,
  ])("reads %s", (traceparent) => {
    expect(readTraceparent(traceparent)).toEqual({ traceId: TRACE, spanId: PARENT });
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
  ])("takes %j for none", (traceparent) => {
    expect(readTraceparent(traceparent)).toBeNull();
  });
});

describe("traceparentOf", () => {
  it("says where a call comes from, and whether that is recorded", () => {
    const context = { traceId: TRACE, spanId: PARENT };
    expect(traceparentOf(context, true)).toBe(`00-${TRACE}-${PARENT}-01`);
    expect(traceparentOf(context, false)).toBe(`00-${TRACE}-${PARENT}-00`);
  });
});
