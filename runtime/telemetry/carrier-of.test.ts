import { describe, expect, it } from "@jest/globals";
import { recordingTelemetry } from "../testing/recording-telemetry.ts";
import { someSpan } from "../testing/some-span.ts";
import { carrierOf } from "./carrier-of.ts";

describe("carrierOf", () => {
  it("is one that is recorded, to which the others link", () => {
    const telemetry = recordingTelemetry();
    const roots = [1, 2].map(() => telemetry.tracer.request("GET /a", null, {}));
    const carrier = carrierOf([someSpan(), ...roots.map(({ span }) => span)]);
    expect(carrier).toBe(roots[0]?.span);
    for (const { end } of roots) end();
    const place = { traceId: carrier?.traceId, spanId: carrier?.spanId };
    expect(telemetry.spans.map(({ links }) => links)).toEqual([[], [place]]);
  });

  it("is the first when none is, and nobody of nobody", () => {
    const spans = [someSpan(), someSpan()];
    expect(carrierOf(spans)).toBe(spans[0]);
    expect(carrierOf([])).toBeUndefined();
  });
});
