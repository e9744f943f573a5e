import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import { objectAt } from "./json.ts";
import { loadContracts } from "./load-contracts.ts";
import { Sources } from "./sources.ts";

const load = (files: ProjectFiles = {}) => loadContracts(new Sources(createProject(files)));
const refEdit = (ref: string) =>
  editWard("schema: { $ref: shared/schemas.yaml#/Id }", `schema: { $ref: "${ref}" }`);

afterAll(removeProjects);

describe("loadContracts", () => {
  it("joins a contract with what it refers to, under the names of the sources", () => {
    const [ward] = load();
    const components = objectAt(ward?.document ?? {}, "components");
    expect(Object.keys(objectAt(components, "schemas"))).toEqual([
      "Bed",
      "BedCreate",
      "GatewayError",
      "Id",
      "Problem",
    ]);
    expect(Object.keys(objectAt(components, "responses"))).toEqual(["BadRequest", "NotFound"]);
    const refs = [...JSON.stringify(ward?.document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref);
    expect(refs.filter((ref) => !ref?.startsWith("#/components/"))).toEqual([]);
  });

  it("keeps what stands beside a reference", () => {
    const schemas = objectAt(objectAt(load()[0]?.document ?? {}, "components"), "schemas");
    expect(objectAt(objectAt(schemas, "Bed"), "properties").id).toEqual({
      $ref: "#/components/schemas/Id",
      description: "The bed's id.",
    });
  });

  it("gives a component that forwards to another file its own name", () => {
    const files = editWard(
      "  examples:\n    Bed:",
      "    Key: { $ref: shared/schemas.yaml#/Id }\n  examples:\n    Bed:",
    );
    const schemas = objectAt(objectAt(load(files)[0]?.document ?? {}, "components"), "schemas");
    expect(schemas.Key).toEqual({ type: "string", format: "uuid", maxLength: 36 });
    expect(schemas.Id).toBeUndefined();
  });

  it("reads a schema that refers to itself", () => {
    const files = editWard("kind: { const: bed }", 'kind: { $ref: "#/components/schemas/BedCreate" }');
    expect(load(files)).toHaveLength(1);
  });

  it.each([
    [
      "nothing there",
      "shared/schemas.yaml#/Nobody",
      "ref/unknown  openapi/shared/schemas.yaml has no /Nobody",
    ],
    [
      "no such file",
      "shared/nowhere.yaml#/Id",
      "ref/unknown  there is no file shared/nowhere.yaml in openapi/",
    ],
    ["a file elsewhere", "../package.yaml#/Id", "ref/unknown  there is no file"],
    ["another machine", "https://example.com/a.yaml#/Id", "ref/unknown  there is no file"],
    ["the prototype", "shared/schemas.yaml#/constructor", "ref/unknown"],
    ["a component of another kind", "#/components/examples/Bed", "ref/component"],
    ["a part of a component", "#/components/schemas/Bed/properties/label", "ref/component"],
    ["no pointer", "shared/schemas.yaml", "ref/form"],
    ["broken escapes", "shared/schemas.yaml#/%E0%A4%A", "ref/unknown"],
  ])("refuses a reference that leads to %s, at its line", (_what, ref, finding) => {
    expect(() => load(refEdit(ref))).toThrow(`openapi/ward.yaml:65:19  error  ${finding}`);
  });

  it("refuses references that go round in a circle", () => {
    const shared = "Id: { $ref: '#/Other' }\nOther: { $ref: '#/Id' }\nProblem: {}\n";
    expect(() => load({ "openapi/shared/schemas.yaml": shared })).toThrow("error  ref/cycle");
  });

  it("refuses two components of one name", () => {
    const files = editWard(
      "  schemas:\n    BedCreate:",
      "  schemas:\n    Id: { type: integer }\n    BedCreate:",
    );
    expect(() => load(files)).toThrow("error  ref/name-taken  the name Id is taken");
  });

  it("refuses an extension that means nothing, which is how a mistyped one shows", () => {
    const files = editWard("x-not-after-today: true", "x-not-after-todya: true");
    expect(() => load(files)).toThrow(/ward\.yaml:99:\d+ {2}error {2}contract\/unknown-extension/);
  });

  it("names a missing folder, a missing contract and a broken shared file", () => {
    expect(() => load({ "openapi/ward.yaml": null })).toThrow("openapi:1:1  error  load/missing");
    expect(() => load({ "handlers/bed/index.ts": "" })).toThrow("openapi/bed.yaml:1:1  error  load/missing");
    const shared = { "openapi/shared/responses.yaml": "BadRequest: [\n" };
    expect(() => load(shared)).toThrow("openapi/shared/responses.yaml:");
  });

  it("reports everything that is wrong, each thing once", () => {
    const files = editWard(
      '"404": { $ref: shared/responses.yaml#/NotFound }\n  /ward/beds/{bedId}',
      '"404": { $ref: shared/responses.yaml#/A }\n  /ward/beds/{bedId}',
    );
    const broken = (files["openapi/ward.yaml"] ?? "").replace(
      "shared/schemas.yaml#/Id }\n    get",
      "shared/schemas.yaml#/B }\n    get",
    );
    expect(() => load({ "openapi/ward.yaml": broken })).toThrow(/ref\/unknown.*\/A\n.*ref\/unknown.*\/B$/);
  });
});
