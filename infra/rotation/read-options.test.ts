import { describe, expect, it } from "@jest/globals";
import { chooseRotations, readOptions } from "./read-options.ts";
import type { Rotation } from "./step.ts";

const rotation = (name: string): Rotation => ({
  name,
  plan: () => Promise.resolve([]),
  rotate: () => Promise.resolve({ done: true, resumed: false }),
});

describe("readOptions", () => {
  it("reads everything there is", () => {
    const args = ["--environment", "prod", "--secret", "a", "--secret", "b", "--grace", "0", "--dry-run"];
    expect(readOptions(args)).toEqual({
      environment: "prod",
      secrets: ["a", "b"],
      dryRun: true,
      waits: { graceSeconds: 0 },
    });
  });

  it("waits as long as each kind needs when nothing else is said", () => {
    expect(readOptions(["--environment", "local"])).toMatchObject({ secrets: [], dryRun: false, waits: {} });
  });

  it.each([
    [["--secret", "a"], "--environment is missing."],
    [["--environment", "local", "--grace", "soon"], '--grace is "soon"; expected a number of seconds.'],
    [["--environment", "local", "--reader-seconds", "-1"], "--reader-seconds"],
    [["--environment", "local", "--force"], "Unknown option '--force'"],
  ])("refuses %j", (args, message) => {
    expect(readOptions(args)).toContain(message);
  });
});

describe("chooseRotations", () => {
  const all = [rotation("a"), rotation("b")];

  it("takes all, or those that are named", () => {
    expect(chooseRotations(all, [])).toEqual(all);
    expect(chooseRotations(all, ["b"])).toEqual([all[1]]);
  });

  it("refuses a name that is none", () => {
    expect(chooseRotations(all, ["a", "c"])).toBe("There is no secret c that is rotated; there are a, b.");
  });
});
