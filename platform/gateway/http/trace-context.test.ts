import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const span = "00f067aa0ba902b7";
const drawnTrace = "ab".repeat(16);
const drawnSpan = "ab".repeat(8);

async function forwarded(headers: Record<string, string>): Promise<Record<string, unknown>> {
  gateway = await startTestGateway();
  await gateway.call("/things/1", { headers });
  return { ...gateway.seen[0]?.headers };
}

describe("traceparent", () => {
  it("is continued under a span of the gateway's own", async () => {
    const headers = await forwarded({ traceparent: `00-${trace}-${span}-00`, tracestate: "a=1,b=2" });
    expect(headers).toMatchObject({ traceparent: `00-${trace}-${drawnSpan}-00`, tracestate: "a=1,b=2" });
  });

  it("is understood in a later version, whatever follows", async () => {
    const headers = await forwarded({ traceparent: `cc-${trace}-${span}-03-what-the-future-holds` });
    expect(headers).toMatchObject({ traceparent: `00-${trace}-${drawnSpan}-01` });
  });

  it.each([
    "",
    "nonsense",
    `00-${trace}-${span}`,
    `00-${trace}-${span}-01-more`,
    `ff-${trace}-${span}-01`,
    `00-${"0".repeat(32)}-${span}-01`,
    `00-${trace}-${"0".repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-01, 00-${trace}-${span}-01`,
    `00-${trace}x-${span}-01`,
    `00-${"a".repeat(8000)}-${span}-01`,
  ])("is replaced when it is malformed: %j", async (traceparent) => {
    const headers = await forwarded({ traceparent, tracestate: "a=1" });
    expect(headers).toMatchObject({ traceparent: `00-${drawnTrace}-${drawnSpan}-01` });
    expect(headers).not.toHaveProperty("tracestate");
  });

  it("is made where there is none", async () => {
    expect(await forwarded({})).toMatchObject({ traceparent: `00-${drawnTrace}-${drawnSpan}-01` });
  });
});
