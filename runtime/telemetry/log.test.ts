import { describe, expect, it } from "@jest/globals";
import { logTo, nameOfError } from "./log.ts";

describe("logTo", () => {
  it("writes one event as one line of JSON", () => {
    const lines: string[] = [];
    logTo({ write: (line) => lines.push(line) }, "patient")("error", "request-failed", {
      code: "a\nb",
      left: undefined,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      time: expect.stringMatching(/^\d{4}-.+Z$/),
      level: "error",
      service: "patient",
      event: "request-failed",
      code: "a\nb",
    });
  });
});

describe("nameOfError", () => {
  it("tells the name and the code, never the message", () => {
    expect(nameOfError(new TypeError("canary"))).toBe("TypeError");
    expect(nameOfError(Object.assign(new Error("canary"), { code: "ECONNREFUSED" }))).toBe(
      "Error(ECONNREFUSED)",
    );
    expect(nameOfError(Object.assign(new Error("canary"), { code: 16500 }))).toBe("Error(16500)");
    expect(nameOfError(Object.assign(new Error("canary"), { code: { canary: 1 } }))).toBe("Error");
  });

  it("tells only the type of what is no error", () => {
    expect([nameOfError("canary"), nameOfError(undefined), nameOfError({ canary: 1 })]).toEqual([
      "string",
      "undefined",
      "object",
    ]);
  });
});
