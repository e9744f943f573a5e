import { describe, expect, it } from "@jest/globals";
import { describeException } from "./describe-exception.ts";

function withStack(stack: string | undefined, message = "canary"): Error {
  const error = new Error(message);
  if (stack === undefined) delete error.stack;
  else error.stack = stack;
  return error;
}

describe("describeException", () => {
  it("tells name, code and frames, of files their names alone", () => {
    const error = withStack(
      [
        "Error: canary",
        "    at Store.find (/home/canary/index.cjs:120:14)",
        "    at async Object.<anonymous> (C:\\canary\\index.cjs:7:1)",
        "    at file:///canary/index.cjs:9:2",
        "    at new Thing (node:internal/x:1:2)",
        "    at [canary] {canary}",
      ].join("\n"),
    );
    expect(describeException(Object.assign(error, { code: 11000 }))).toEqual({
      type: "Error(11000)",
      frames: [
        "    at Store.find (index.cjs:120:14)",
        "    at Object.<anonymous> (index.cjs:7:1)",
        "    at index.cjs:9:2",
        "    at new Thing (x:1:2)",
      ].join("\n"),
    });
  });

  it.each([
    [
      "looks like frames",
      withStack(undefined, "a"),
      new Error("canary\n    at canary (canary.ts:1:1)\n    at canary.ts:2:2"),
    ],
  ])("is not led astray by a message that %s", (_what, bare, hostile) => {
    expect(describeException(bare).frames).toBe("");
    expect(JSON.stringify(describeException(hostile))).not.toContain("canary");
  });

  it("tells no frame when the message cannot be told from the stack, and none of what is no error", () => {
    expect(describeException(withStack("Error: other\n    at canary (a.ts:1:1)"))).toEqual({
      type: "Error",
      frames: "",
    });
    expect(describeException("canary")).toEqual({ type: "string", frames: "" });
    expect(describeException(undefined)).toEqual({ type: "undefined", frames: "" });
  });

  it("takes the first frames of a deep stack", () => {
    const frames = Array.from({ length: 50 }, (_, line) => `    at f (a.ts:${line}:1)`);
    expect(
      describeException(withStack(["Error: canary", ...frames].join("\n"))).frames.split("\n"),
    ).toHaveLength(12);
  });
});
