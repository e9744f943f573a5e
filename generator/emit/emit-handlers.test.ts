import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects } from "../fixtures/project.ts";
import { readArtefacts } from "../ledger/read-artefacts.ts";
import { handlerFile } from "./handler-file.ts";

afterAll(removeProjects);

/** Without white space: it is formatted when it is rendered. */
function handlersOf(files = {}): string {
  const { artefacts } = readArtefacts(createProject(files));
  const inputs = artefacts.find(({ path }) => path === "ward/handlers.ts")?.inputs;
  return String(inputs).replaceAll(/\s+/g, " ");
}

describe("the emitted bindings", () => {
  it("import the one file of each operation, internal ones too, and hold it against its operation", () => {
    expect(handlersOf()).toBe(
      [
        '// Generated from openapi/ward.yaml by "npm run generate". Do not edit.',
        'import { listBeds } from "../../handlers/ward/list-beds.ts";',
        'import { createBed } from "../../handlers/ward/create-bed.ts";',
        'import { readBed } from "../../handlers/ward/read-bed.ts";',
        'import { sweep } from "../../handlers/ward/sweep.ts";',
        'import type { Handlers } from "./types.ts";',
        "/** The handler of every operation of the API. */",
        "export const handlers = { listBeds, createBed, readBed, sweep } satisfies Handlers<never>; ",
      ].join(" "),
    );
  });

  it.each(["delete", "default", "await", "handlers", "index"])("refuse an operation called %s", (name) => {
    expect(() => handlersOf(editWard("operationId: sweep", `operationId: ${name}`))).toThrow(
      `openapi/ward.yaml:84:7  error  contract/operation-id  no handler can be called ${name}`,
    );
  });

  it.each([
    ["getPatient", "get-patient"],
    ["sweep", "sweep"],
    ["getPatientURL", "get-patient-url"],
    ["readHL7Message", "read-hl7-message"],
    ["listABTests", "list-ab-tests"],
  ])("look for %s in %s.ts", (operationId, file) => {
    expect(handlerFile("ward", operationId)).toBe(`handlers/ward/${file}.ts`);
  });
});
