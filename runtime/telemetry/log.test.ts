import { describe, expect, it } from "@jest/globals";
import { inSpan } from "./current-span.ts";
import { LOG_LEVELS, logTo, nameOfError } from "./log.ts";
import { tracer } from "./tracer.ts";

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

describe("logTo, for a request or a job", () => {
  it("says which trace and span it is", () => {
    const lines: string[] = [];
    const log = logTo({ write: (line) => lines.push(line) }, "patient");
    const { span } = tracer().request("GET /a", null, {});
    inSpan(span, () => log("info", "inside"));
    log("info", "outside");
    const [inside, outside] = lines.map((line): unknown => JSON.parse(line));
    expect(inside).toMatchObject({ traceId: span.traceId, spanId: span.spanId });
    expect(outside).not.toHaveProperty("traceId");
  });

  it.each([
    ["info", ["info", "warn", "error"]],
    ["warn", ["warn", "error"]],
    ["error", ["error"]],
  ] as const)("leaves out what is below %s", (least, expected) => {
    const lines: string[] = [];
    const log = logTo({ write: (line) => lines.push(line) }, "patient", least);
    for (const level of LOG_LEVELS) log(level, "event");
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(expected);
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

  it("tells no name and no code that is none", () => {
    expect(nameOfError(Object.assign(new Error("canary"), { name: "can ary" }))).toBe("Error");
    expect(nameOfError(Object.assign(new Error("canary"), { code: "can ary" }))).toBe("Error");
    expect(nameOfError(Object.assign(new Error("canary"), { code: "c".repeat(65) }))).toBe("Error");
  });

  it("tells only the type of what is no error", () => {
    expect([nameOfError("canary"), nameOfError(undefined), nameOfError({ canary: 1 })]).toEqual([
      "string",
      "undefined",
      "object",
    ]);
  });
});
