import { describe, expect, it } from "@jest/globals";
import { samplingScore } from "./sampling-score.ts";

describe("samplingScore", () => {
  it.each([
    ["ni", 1_696_510_239],
    ["aentke", 255_756_533],
    ["svvco", 1_849_105_799],
    ["lbwehevltlnl", 1_466_602_040],
    ["urmwofajwmmlornynglm", 701_710_403],
    ["cxsqcnyieliatqnwc", 76_148_095],
  ])("is that of the SDKs for %s", (text, hash) => {
    expect(samplingScore(text)).toBe((hash / 0x7fff_ffff) * 100);
  });

  it("is 0 for nothing, and stays between 0 and 100", () => {
    expect(samplingScore("")).toBe(0);
    for (let trace = 0; trace < 1000; trace++) {
      const score = samplingScore(trace.toString(16).padStart(32, "f"));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
    }
  });
});
