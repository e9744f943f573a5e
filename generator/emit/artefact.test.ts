import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import { readArtefacts } from "../ledger/read-artefacts.ts";

afterAll(removeProjects);

function inputsOf(files: ProjectFiles = {}): ReadonlyMap<string, string> {
  const { artefacts } = readArtefacts(createProject(files));
  return new Map(artefacts.map(({ path, inputs }) => [path, JSON.stringify(inputs)]));
}

const before = inputsOf();

/** What would be rendered again, `provenance.json` left out: it names lines. */
function renderedAfter(files: ProjectFiles): string[] {
  const after = inputsOf(files);
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.filter((path) => before.get(path) !== after.get(path) && !path.endsWith("provenance.json"));
}

const documents = ["apim/apis/ward/import.json", "ward/openapi.json"];

describe("the inputs of artefacts", () => {
  it.each<[string, string, string, string[]]>([
    ["a comment", "paths:", "paths: # here", []],
    ["the summary of an operation", "summary: Read a bed", "summary: Read one bed", documents],
    ["an example", "label: B-1 } }", "label: B-9 } }", documents],
    [
      "a limit",
      "label: { type: string, minLength: 1",
      "label: { type: string, minLength: 2",
      [...documents, "ward/validators.js"],
    ],
    [
      "the description of a schema",
      "description: The bed's id.",
      "description: Its id.",
      [...documents, "ward/types.ts"],
    ],
    [
      "the version",
      "version: 1.2.3",
      "version: 1.2.4",
      ["apim/apis/ward/import.json", "manifest.json", "ward/openapi.json"],
    ],
    [
      "a policy's parameter",
      "{{bed-calls}}",
      "{{calls}}",
      ["apim/apis/ward/operations/createBed.xml", "environment.ts", "manifest.json", "ward/openapi.json"],
    ],
    [
      "an operation's name",
      "operationId: sweep",
      "operationId: mop",
      [
        "manifest.json",
        "ward/functions.ts",
        "ward/handlers.ts",
        "ward/openapi.json",
        "ward/operations.ts",
        "ward/types.ts",
        "ward/validators.d.ts",
        "ward/validators.js",
      ],
    ],
  ])("change with %s for what it shows in, and for nothing else", (_what, search, replacement, expected) => {
    expect(renderedAfter(editWard(search, replacement)).sort()).toEqual(expected);
  });

  it("do not change with the place of the project or the lines above", () => {
    expect(renderedAfter({})).toEqual([]);
    expect(renderedAfter(editWard("openapi: 3.1.0", "# a line\nopenapi: 3.1.0"))).toEqual([]);
  });
});
