import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import { WARD_PROJECT } from "../fixtures/ward-project.ts";
import { runLosses } from "./run-losses.ts";

afterAll(removeProjects);

async function run(
  args: readonly string[] = [],
  files: ProjectFiles = {},
): Promise<{ code: number; printed: string; failed: string }> {
  const [printed, failed]: [string[], string[]] = [[], []];
  const code = await runLosses({
    projectDirectory: createProject(files),
    args,
    print: (text) => void printed.push(text),
    fail: (text) => void failed.push(text),
  });
  return { code, printed: printed.join("\n"), failed: failed.join("\n") };
}

const bunk = (WARD_PROJECT["openapi/ward.yaml"] ?? "").replaceAll("  /ward/", "  /bunk/");

describe("losses", () => {
  it("prints a line for each: where, what, what instead; the APIs apart", async () => {
    const { code, printed, failed } = await run([], { "openapi/bunk.yaml": bunk });
    expect([code, failed]).toEqual([0, ""]);
    const [first = "", second = ""] = printed.split("\n\n");
    expect(first.split("\n")[0]).toMatch(/^bunk: \d+ losses$/);
    expect(second.split("\n")[0]).toMatch(/^ward: \d+ losses$/);
    const lines = second.split("\n").slice(1);
    expect(`ward: ${lines.length} losses`).toBe(second.split("\n")[0]);
    for (const line of lines) expect(line).toMatch(/^openapi\/[a-z/]+\.yaml:\d+:\d+ → \S.* → \S.*$/);
    expect(lines).toContain(
      "openapi/ward.yaml:99:54 → schema keyword x-not-after-today → " +
        "the app's validators of requests and answers (generated validators.js)",
    );
  });

  it("prints those of one API", async () => {
    const { code, printed } = await run(["--api", "ward"], { "openapi/bunk.yaml": bunk });
    expect(code).toBe(0);
    expect(printed).toMatch(/^ward: /);
    expect(printed).not.toContain("bunk");
  });

  it("says that an API is not on the gateway", async () => {
    const internal = bunk
      .replaceAll(/ {6}operationId: (listBeds|createBed|readBed)\n/g, "$&      x-internal: true\n")
      .replace(/\n {6}x-apim-policies:\n.*\n/, "\n");
    const { code, printed } = await run(["--api=bunk"], { "openapi/bunk.yaml": internal });
    expect([code, printed]).toEqual([0, "bunk: not on the gateway"]);
  });

  it("ends with 1 for a contract that is broken, in its line", async () => {
    const { code, printed, failed } = await run([], editWard("operationId: listBeds", "operationId: 7"));
    expect([code, printed]).toEqual([1, ""]);
    expect(failed).toMatch(/^openapi\/ward\.yaml:12:5 {2}error {2}contract\/operation-id/);
  });

  it("ends with 1 for a contract that cannot be imported", async () => {
    const circle = editWard("kind: { const: bed }", 'kind: { $ref: "#/components/schemas/BedCreate" }');
    const { code, failed } = await run([], circle);
    expect(code).toBe(1);
    expect(failed).toContain("apim/recursive-schema");
  });

  it.each([
    [["--api", "bed"], "there is no API bed; known: ward\nusage: npm run losses [-- --api NAME]"],
    [["--nonsense"], "usage: npm run losses [-- --api NAME]"],
    [["--api"], "usage: npm run losses [-- --api NAME]"],
    [["ward"], "usage: npm run losses [-- --api NAME]"],
  ])("ends with 2 for %p, saying how it is called", async (args, text) => {
    const { code, printed, failed } = await run(args);
    expect([code, printed]).toEqual([2, ""]);
    expect(failed).toContain(text);
  });
});
