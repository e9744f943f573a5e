import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects } from "../fixtures/project.ts";
import { WARD_PROJECT } from "../fixtures/ward-project.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "./build-model.ts";
import type { PlatformModel } from "./model.ts";

const AUDIT = "{ action: create, resource: bed, id: $new }";
const build = (search: string, replacement: string): PlatformModel =>
  buildModel(new Sources(createProject(editWard(search, replacement))));

afterAll(removeProjects);

describe("x-audit", () => {
  it("may say that nothing is recorded, with a reason", () => {
    const model = build(AUDIT, "{ none: A bed says nothing of who lies in it. }");
    expect(model.apis[0]?.operations.map(({ audit }) => audit?.action)).toEqual([
      "search",
      undefined,
      "read",
      undefined,
    ]);
  });

  it("is asked for on every public operation, also where no other has one", () => {
    const contract = WARD_PROJECT["openapi/ward.yaml"] ?? "";
    const project = createProject({ "openapi/ward.yaml": contract.replaceAll(/ {6}x-audit: .*\n/g, "") });
    const refusal = (): unknown => buildModel(new Sources(project));
    for (const name of ["listBeds", "createBed", "readBed"])
      expect(refusal).toThrow(`audit/missing  ${name} has no x-audit`);
    expect(refusal).not.toThrow("sweep");
  });

  it.each([
    ["no reason", "{ none: because }"],
    ["a reason of blanks", `{ none: "${" ".repeat(40)}" }`],
    ["a reason that is no text", "{ none: true }"],
    ["an access beside it", "{ none: A bed says nothing of who lies in it., action: create, resource: bed }"],
  ])("needs a reason for nothing: refuses %s", (_what, audit) => {
    expect(() => build(AUDIT, audit)).toThrow("openapi/ward.yaml:36:7  error  audit/form  none stands alone");
  });

  it.each([
    ["takes", "floor: { type: [integer", "dateOfBirth: { type: [integer", "dateOfBirth"],
    [
      "answers, however deep",
      "id: { $ref: shared/schemas.yaml#/Id, d",
      "guest: { type: object, properties: { lastName: { type: string } } }\n        id: { $ref: shared/schemas.yaml#/Id, d",
      "lastName",
    ],
  ])("may not be left out where an operation %s what is personal", (_what, search, replacement, name) => {
    const { "openapi/ward.yaml": contract = "" } = editWard(search, replacement);
    const files = {
      "openapi/ward.yaml": (contract ?? "").replace(AUDIT, "{ none: A bed says nothing of who lies in it. }"),
    };
    expect(() => buildModel(new Sources(createProject(files)))).toThrow(
      `openapi/ward.yaml:36:7  error  audit/none  ${name} is personal`,
    );
  });
});
