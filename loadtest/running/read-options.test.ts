import { describe, expect, it } from "@jest/globals";
import { readLoadOptions } from "./read-options.ts";

describe("readLoadOptions", () => {
  it("has defaults for the local platform", () => {
    expect(readLoadOptions([])).toEqual({ seconds: 30, users: 20, host: "http://127.0.0.1:8080" });
  });

  it("takes every option", () => {
    const args = ["--seconds", "5", "--users", "2", "--host", "https://gateway.example/"];
    expect(readLoadOptions(args)).toEqual({ seconds: 5, users: 2, host: "https://gateway.example" });
  });

  it.each([
    [["--seconds", "0"], '--seconds is "0"; expected a number'],
    [["--users", "all"], '--users is "all"'],
    [["--host", "nowhere"], '--host is "nowhere"'],
    [["--second", "5"], "Unknown option '--second'"],
  ])("refuses %j", (args, message) => {
    expect(() => readLoadOptions(args)).toThrow(message);
  });
});
