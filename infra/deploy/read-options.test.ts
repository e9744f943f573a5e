import { describe, expect, it } from "@jest/globals";
import { readOptions } from "./read-options.ts";

const read = (line: string, canAsk = false) => readOptions(line.split(" "), canAsk);

describe("readOptions", () => {
  it.each([
    ["--environment dev --plan-only", { mode: "plan", steps: undefined }],
    ["--environment dev --plan-only --stack gateway --stack services", { steps: ["services", "gateway"] }],
    ["--environment dev --apply there", { mode: "apply", planDirectory: "there", steps: undefined }],
    ["--environment dev --step keys --step code", { mode: "deploy", steps: ["code", "keys"] }],
    ["--environment dev --yes", { mode: "deploy", yes: true }],
  ])("reads %s", (line, expected) => {
    expect(read(line)).toMatchObject({ environment: "dev", ...expected });
  });

  it.each([
    ["--plan-only", "--environment is missing."],
    ["--environment dev --stack code", '--stack is "code"; expected one of foundation, services, gateway.'],
    ["--environment dev --step gateway", '--step is "gateway"; expected one of code, keys, smoke.'],
    ["--environment dev --plan-only --apply there", "exclude each other"],
    ["--environment dev --plan-only --step code", "has no plan"],
    ["--environment dev", "There is no terminal to ask in"],
    ["--environment dev --stack gateway", "There is no terminal to ask in"],
    ["--environment dev --force", "--force"],
  ])("refuses %s", (line, message) => {
    expect(read(line)).toContain(message);
  });

  it("deploys without --yes where somebody can be asked", () => {
    expect(read("--environment dev", true)).toMatchObject({ mode: "deploy", yes: false });
  });
});
