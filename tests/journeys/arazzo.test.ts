import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { lintWorkflows, runWorkflows } from "../arazzo/run-redocly.ts";
import type { Run } from "../arazzo/run-redocly.ts";
import { AUDITOR_KEY, PARTNER_KEY, sharedPlatform } from "../support/addresses.ts";

const { gateway } = sharedPlatform();
const project = join(import.meta.dirname, "../..");
const directory = join(project, "tests/arazzo");
const files = (await readdir(directory)).filter((file) => file.endsWith(".arazzo.yaml"));
const workflow = "tests/arazzo/patient.arazzo.yaml";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a copy of the contract, to be spoilt anywhere
type Contract = any;

function run(from: string, some: readonly string[] = files): Promise<Run> {
  const inputs = { partnerKey: PARTNER_KEY, auditorKey: AUDITOR_KEY, insuranceNumber: `SYN-${randomUUID()}` };
  return runWorkflows(from, some, gateway, inputs);
}

describe("the workflows of integrators (Arazzo)", () => {
  let whole: Run;
  beforeAll(async () => {
    whole = await run(directory);
  });

  it("follow the Arazzo specification", async () => {
    expect(await lintWorkflows(directory, files)).toMatchObject({ code: 0 });
  });

  it("all succeed, every step of them", () => {
    expect(whole.failed).toEqual([]);
    expect(whole.code).toBe(0);
    expect(Object.keys(whole.workflows).sort()).toEqual([
      "auditPatient",
      "keepPatient",
      "proveRecord",
      "refuseInput",
      "refuseKeys",
      "reportTest",
    ]);
  });

  it("hold each answer against the description: status, content type, schema", () => {
    const steps = Object.values(whole.workflows).flat();
    for (const { checks, response } of steps) {
      const names = checks.map(({ name }) => name);
      const expected = ["status code check"];
      if ("content-type" in response.headers) expected.push("content-type check", "schema check");
      expect(names).toEqual(expect.arrayContaining(expected));
      expect(new Set(checks.map(({ severity }) => severity))).toEqual(new Set(["error"]));
    }
  });
});

describe("a workflow fails", () => {
  let scratch: string;
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), "specimen-arazzo-"));
    for (const room of ["tests/arazzo", "generated/patient/openapi.json", "generated/audit/openapi.json"]) {
      await cp(join(project, room), join(scratch, room), { recursive: true });
    }
  });
  afterEach(() => rm(scratch, { recursive: true }));

  async function change(file: string, edit: (text: string) => string): Promise<void> {
    const path = join(scratch, file);
    const text = await readFile(path, "utf8");
    const edited = edit(text);
    expect(edited).not.toBe(text);
    await writeFile(path, edited);
  }

  it.each<[string, (contract: Contract) => unknown, string]>([
    ["schema", ({ components }) => components.schemas.Patient.required.push("age"), "create: schema check"],
    [
      "content type",
      ({ components }) => (components.responses.Patient.content = { "text/plain": {} }),
      "read: content-type check",
    ],
    [
      "status",
      ({ paths }) => delete paths["/patient/{patientId}"].put.responses["412"],
      "replaceAgainFromTheOldVersion: status code check",
    ],
  ])("when an answer has another %s than the description says", async (_, edit, failure) => {
    await change("generated/patient/openapi.json", (text) => {
      const contract = JSON.parse(text);
      edit(contract);
      return JSON.stringify(contract);
    });
    const { code, failed } = await run(join(scratch, "tests/arazzo"), ["patient.arazzo.yaml"]);
    expect([code, failed]).toEqual([1, [`keepPatient/${failure}`]]);
  });

  it("when an answer is not what its step expects", async () => {
    await change(workflow, (text) => text.replace("== '8001'", "== '8002'"));
    const { code, failed } = await run(join(scratch, "tests/arazzo"), ["patient.arazzo.yaml"]);
    expect([code, failed]).toEqual([1, ["keepPatient/replace: success criteria check"]]);
  });

  it("when it does not follow the Arazzo specification", async () => {
    await change(workflow, (text) => text.replace("stepId: readUnchanged", "stepId: read"));
    const { code, output } = await lintWorkflows(join(scratch, "tests/arazzo"), ["patient.arazzo.yaml"]);
    expect([code, output]).toEqual([1, expect.stringContaining("stepId-unique")]);
  });
});
