import { describe, expect, it } from "@jest/globals";
import { parseTimespan } from "./parse-timespan.ts";

describe("parseTimespan", () => {
  it.each([
    ["00:00:00", 0],
    ["00:00:00.005", 5],
    ["00:00:00.0013", 1.3],
    ["00:00:00.0000001", 0.0001],
    ["00:01:02.5", 62_500],
    ["23:59:59.9999999", 86_399_999.9999],
    ["1.00:00:00", 86_400_000],
    ["10.01:00:00.001", 867_600_001],
  ])("reads %s", (text, milliseconds) => {
    expect(parseTimespan(text)).toBe(milliseconds);
  });

  it.each([
    "",
    "5",
    "00:00",
    "24:00:00",
    "00:60:00",
    "-00:00:01",
    "00:00:00.",
    "00:00:00.12345678",
    "x00:00:00",
  ])("does not read %j", (text) => {
    expect(parseTimespan(text)).toBeUndefined();
  });
});
