import { describe, expect, it } from "@jest/globals";
import { readOptions, UsageError } from "./read-options.ts";

describe("options of the command", () => {
  it("have defaults", () => {
    expect(readOptions([], 42)).toEqual({ cases: 1_000, seed: 42, workers: 32, format: "text" });
  });

  it("are read", () => {
    const args = [
      "--cases",
      "10",
      "--seed",
      "7",
      "--operation",
      "getPatient",
      "--operation",
      "getTest",
      "--format",
      "sarif",
    ];
    expect(readOptions(args, 42)).toEqual({
      cases: 10,
      seed: 7,
      workers: 32,
      format: "sarif",
      operations: ["getPatient", "getTest"],
    });
  });

  it("name one case to be run again", () => {
    const args = ["--operation", "getPatient", "--seed", "7", "--path", "3:0", "--aim", "no key"];
    const replay = { operationId: "getPatient", seed: 7, path: "3:0", aim: "no key" };
    expect(readOptions(args, 42)).toMatchObject({ operations: ["getPatient"], replay });
  });

  it("name a kind of case", () => {
    const options = readOptions(["--operation", "getPatient", "--aim", "no key"], 42);
    expect(options).toMatchObject({ operations: ["getPatient"], aim: "no key" });
    expect(options).not.toHaveProperty("replay");
  });

  it.each([
    [["--cases", "0"], "--cases"],
    [["--cases", "1.5"], "--cases"],
    [["--seed", "x"], "--seed"],
    [["--seed=-1"], "--seed"],
    [["--format", "html"], "--format"],
    [["--path", "3"], "--path"],
    [["--path", "3", "--operation", "getPatient"], "--path"],
    [["--aim", "no key"], "--aim"],
    [["--turbo"], "--turbo"],
  ])("%j is refused by name", (args, name) => {
    expect(() => readOptions(args, 42)).toThrow(UsageError);
    expect(() => readOptions(args, 42)).toThrow(name);
  });
});
