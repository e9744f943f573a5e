import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import { readArtefacts } from "../ledger/read-artefacts.ts";

afterAll(removeProjects);

function functionsOf(files: ProjectFiles = {}): string {
  const { artefacts } = readArtefacts(createProject(files));
  return String(artefacts.find(({ path }) => path === "ward/functions.ts")?.inputs);
}

const SETUP = "app.setup({ enableHttpStream: true });";

describe("the emitted registrations", () => {
  it("let an app stream that answers something line by line, before its first function", () => {
    const lines = editWard(
      "            application/json:\n              schema: { type: array, maxItems: 10,",
      "            application/x-ndjson:\n              schema: { type: array, maxItems: 10,",
    );
    const [before = "", after = ""] = functionsOf(lines).split(SETUP);
    expect(before).toContain("export function register");
    expect(before).not.toContain("app.http(");
    expect(after.split("app.http(")).toHaveLength(5);
  });

  it("say nothing of it for any other", () => {
    expect(functionsOf()).toContain("app.http(");
    expect(functionsOf()).not.toContain("app.setup");
  });
});
