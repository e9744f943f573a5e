import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FORMATS as GENERATED } from "../../../generator/emit/formats.ts";
import { FORMAT_EDGES, FORMAT_VALUES } from "../cases/format-texts.ts";
import { FORMATS } from "./formats.ts";
import { codePoints } from "./code-points.ts";

const accepts = (format: string, text: string) => FORMATS[format]?.(text);

describe("formats by calendar arithmetic", () => {
  it.each([
    ["2024-02-29", true],
    ["2023-02-29", false],
    ["2000-02-29", true],
    ["1900-02-29", false],
    ["0004-02-29", true],
    ["0000-02-29", false],
    ["1984-04-31", false],
    ["1984-12-31", true],
    ["1984-5-17", false],
    ["1984", true],
    ["1984-13", false],
    ["1984-12", true],
    ["1984-12-", false],
    ["19844", false],
    ["\u0661\u0669\u0668\u0664", false],
    ["", false],
  ])("partial-date %j: %p", (text, expected) => expect(accepts("partial-date", text)).toBe(expected));

  it.each([
    ["2026-11-20T07:15:00Z", true],
    ["2026-11-20T07:15:00.123456789+02:00", true],
    ["2026-11-20T07:15:00.1234567890Z", false],
    ["2026-11-20T07:15:60Z", false],
    ["2026-11-20t07:15:00z", false],
    ["2026-11-20T24:00:00Z", false],
    ["2026-11-20T07:15:00+24:00", false],
    ["2026-11-20T07:15:00", false],
    ["2026-11-20T07:15:00Z+02:00", false],
    ["2023-02-29T12:00:00Z", false],
    ["0001-01-01T00:00:00Z", true],
    ["0001-06-01T00:00:00+02:00", false],
    ["9999-12-31T23:59:59-00:01", false],
    ["9998-12-31T23:59:59-00:01", true],
  ])("date-time %j: %p", (text, expected) => expect(accepts("date-time", text)).toBe(expected));

  it.each([
    ["0198c0de-00aa-7000-8000-0000000000ff", true],
    ["0198C0DE-00AA-7000-8000-0000000000FF", true],
    ["0198c0de00aa700080000000000000ff", false],
    ["{0198c0de-00aa-7000-8000-0000000000ff}", false],
    ["0198c0de-00aa-7000-8000-0000000000f\uFF10", false],
  ])("uuid %j: %p", (text, expected) => expect(accepts("uuid", text)).toBe(expected));
});

describe("formats by hand and as regular expressions", () => {
  it.each(Object.keys(FORMATS))("%s: they agree, also one character beside what they mean", (format) => {
    const edges = FORMAT_EDGES[format]?.("2026-11-20") ?? [];
    const source = fc.oneof(FORMAT_VALUES[format]?.() ?? fc.constant(""), fc.constantFrom(...edges));
    const letters = fc.constantFrom(...codePoints("0123456789-:TZ+.abfgAFtz "));
    const near = fc.tuple(source, fc.nat(), fc.constantFrom(0, 1), letters).map(([text, at, cut, letter]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + letter + text.slice(place + cut);
    });
    fc.assert(
      fc.property(fc.oneof(source, near), (text) => {
        expect([text, accepts(format, text)]).toEqual([text, GENERATED[format]?.test(text)]);
      }),
      { numRuns: 1_500 },
    );
  });
});
