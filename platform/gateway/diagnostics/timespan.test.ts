import { describe, expect, it } from "@jest/globals";
import { timespan } from "./timespan.ts";

describe("timespan", () => {
  it.each([
    [0, "00:00:00.0000000"],
    [5, "00:00:00.0050000"],
    [61_234, "00:01:01.2340000"],
    [3_600_000 * 25, "1.01:00:00.0000000"],
    [-3, "00:00:00.0000000"],
  ])("writes %d ms as %s", (milliseconds, text) => {
    expect(timespan(milliseconds)).toBe(text);
  });
});
