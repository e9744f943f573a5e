import { describe, expect, it } from "@jest/globals";
import { countableRatio, isSampled } from "./sampling.ts";

describe("isSampled", () => {
  /** What `getSamplingHashCode` of @azure/monitor-opentelemetry-exporter gives, as a share. */
  it.each([
    ["0af7651916cd43dd8448eb211c80319c", 0.5278892803601405],
    ["4bf92f3577b34da6a3ce929d0e0e4736", 0.3346135385030012],
    ["00000000000000000000000000000001", 0.023393514577016942],
    ["ffffffffffffffffffffffffffffffff", 0.9996135514227737],
    ["abababababababababababababababab", 0.2993451605082234],
  ])("decides about %s as Application Insights' SDKs do", (traceId, score) => {
    expect(isSampled(traceId, score - 1e-9)).toBe(false);
    expect(isSampled(traceId, score + 1e-9)).toBe(true);
  });

  it("takes all of them, or none", () => {
    expect(isSampled("ffffffffffffffffffffffffffffffff", 1)).toBe(true);
    expect(isSampled("00000000000000000000000000000001", 0)).toBe(false);
  });
});

describe("countableRatio", () => {
  it.each([
    [1, 1],
    [0.6, 0.5],
    [0.3, 0.25],
    [0.1, 0.1],
    [1 / 49, 1 / 49],
    [0, 0],
  ])("makes %d to %d", (ratio, countable) => {
    expect(countableRatio(ratio)).toBeCloseTo(countable, 12);
  });
});
