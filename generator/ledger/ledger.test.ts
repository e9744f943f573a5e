import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, removeProjects } from "../fixtures/project.ts";
import { parseLedger, printLedger, type Ledger } from "./ledger.ts";
import { readLedger } from "./read-ledger.ts";

const LEDGER: Ledger = {
  generator: { files: { "generator/emit/output.ts": "01" }, tools: { prettier: "3.0.0" } },
  sources: { "openapi/ward.yaml": "02" },
  artefacts: { "ward/types.ts": { inputs: "03", content: "04" }, "a.json": { inputs: "05", content: "06" } },
};

afterAll(removeProjects);

describe("the ledger", () => {
  it("is read as it was printed, an entry a line, in order", () => {
    const text = printLedger(LEDGER);
    expect(parseLedger(text)).toEqual(LEDGER);
    expect(text).toContain('    "a.json": { "inputs": "05", "content": "06" },\n    "ward/types.ts": {');
  });

  it.each([
    ["nothing", "null"],
    ["a list", "[]"],
    ["an empty object", "{}"],
    ["a hash that is none", printLedger(LEDGER).replace('"02"', "2")],
    ["an entry without its content", printLedger(LEDGER).replace(', "content": "04"', "")],
  ])("is not %s", (_what, text) => {
    expect(parseLedger(text)).toBeUndefined();
  });
});

describe("readLedger", () => {
  const read = (text: string | null) =>
    readLedger(join(createProject({ "generated/ledger.json": text }), "generated"));

  it("knows a folder without one", () => {
    expect(read(null)).toEqual({ ledger: undefined, fault: undefined });
    expect(read(printLedger(LEDGER))).toEqual({ ledger: LEDGER, fault: undefined });
  });

  it.each([
    [
      "a merge conflict",
      printLedger(LEDGER).replace('    "a.json"', '<<<<<<< HEAD\n    "a.json"'),
      13,
      "holds a merge conflict",
    ],
    ["half of it", printLedger(LEDGER).slice(0, 60), 2, "is no JSON"],
    ["no ledger", "{}", 1, "is no ledger"],
    ["nothing", "", 1, "is no JSON"],
  ])("makes a finding of %s, not a failure", (_what, text, line, message) => {
    const { ledger, fault } = read(text);
    expect(ledger).toBeUndefined();
    expect(fault).toMatchObject({ file: "generated/ledger.json", line, rule: "drift/ledger" });
    expect(fault?.message).toContain(message);
  });
});
