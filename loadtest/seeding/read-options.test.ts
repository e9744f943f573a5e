import { describe, expect, it } from "@jest/globals";
import { readSeedOptions } from "./read-options.ts";

describe("readSeedOptions", () => {
  it("has defaults for the local platform", () => {
    expect(readSeedOptions(["--patients", "10"])).toEqual({
      patients: 10,
      gateway: "http://127.0.0.1:8080",
      key: "local-partner-key",
      seed: "specimen",
    });
  });

  it("takes every option", () => {
    const args = ["--patients=1", "--gateway=https://gateway.example/", "--key=k", "--seed=s"];
    expect(readSeedOptions(args)).toEqual({
      patients: 1,
      gateway: "https://gateway.example",
      key: "k",
      seed: "s",
    });
  });

  it.each([
    [[], "--patients is missing"],
    [["--patients", "0"], '--patients is "0"; expected a number from 1'],
    [["--patients", "many"], '--patients is "many"'],
    [["--patients=-1"], '--patients is "-1"'],
    [["--patients", "1e3"], '--patients is "1e3"'],
    [["--patients", "1", "--gateway", "nowhere"], '--gateway is "nowhere"; expected an address'],
    [["--patients", "1", "--gateway", "ftp://x"], '--gateway is "ftp://x"'],
    [["--patient", "1"], "Unknown option '--patient'"],
    [["--patients"], "argument missing"],
    [["--patients", "1", "extra"], "Unexpected argument 'extra'"],
  ])("refuses %j in one line", (args, message) => {
    expect(() => readSeedOptions(args)).toThrow(message);
    expect(() => readSeedOptions(args)).toThrow(/^[^\n]+$/);
  });
});
