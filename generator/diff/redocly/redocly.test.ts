import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, removeProjects, type ProjectFiles } from "../../fixtures/project.ts";
import { editContract, TODAY, WARD_PROD } from "../fixtures/judge-ward.ts";
import { judgeFolders } from "../judge-folders.ts";
import type { ChangeReport } from "../judge-sides.ts";
import { redoclyVerdict } from "./redocly-verdict.ts";

const PROJECT: ProjectFiles = { "environments/prod.ts": WARD_PROD, "package.json": '{ "type": "module" }' };

afterAll(removeProjects);

function judge(head: ProjectFiles, base: ProjectFiles = {}): Promise<ChangeReport> {
  return judgeFolders({
    base: createProject({ ...PROJECT, ...base }),
    head: createProject({ ...PROJECT, ...base, ...head }),
    baseName: "main",
    today: TODAY,
  });
}

const LABEL = "label: { type: string, minLength: 1, maxLength: 5 }";
const READ = "label: { type: string, maxLength: 5, examples: [B-1, B-2] }";

describe("what redocly diff says", () => {
  it("is left where the comparison found the same, overruled where nothing changed, and kept where nobody looked", async () => {
    const report = await judge(
      editContract(
        [LABEL, "label: { type: string, minLength: 1, maxLength: 4 }"],
        [
          "id: { $ref: shared/schemas.yaml#/Id, description: The bed's id. }",
          "id: { allOf: [{ $ref: shared/schemas.yaml#/Id }], description: The bed's id. }",
        ],
        ["  title: Ward API", "  title: The Ward API"],
        ["operationId: sweep", "operationId: brush"],
      ),
    );
    const told = report.findings.filter(({ rule }) => !rule.startsWith("apim/"));
    expect(told.map(({ rule, message }) => [rule, message])).toEqual([
      ["compatible/documentation", "title of info changed"],
      [
        "breaking/request-property-narrowed",
        "maxLength of label 5 → 4 rejects what partners may send [createBed]",
      ],
      [
        "compatible/equivalent",
        "Bed.id is written differently and means the same, which redocly diff alone calls breaking (schema-constraint-changed, schema-type-changed)",
      ],
    ]);
    expect(report).toMatchObject({ verdict: "major", redocly: "major" });
  });

  it("is a patch for what only readers see, whatever Redocly calls it", async () => {
    const report = await judge(
      editContract(
        [READ, READ.replace("B-2]", "B-2, B-3]")],
        [
          "          links:\n            read:",
          "          links:\n            again: { operationId: readBed, parameters: { bedId: $response.body#/id } }\n            read:",
        ],
        ["x-audit: { action: search,", "x-audit: { action: read,"],
      ),
    );
    expect(report).toMatchObject({ verdict: "patch", redocly: "minor" });
    const rules = report.findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("compatible/"));
    expect(new Set(rules)).toEqual(new Set(["compatible/documentation", "compatible/off-the-wire"]));
  });

  it("is breaking where it cannot be proved otherwise", async () => {
    const webhook =
      'webhooks:\n  swept: { post: { responses: { "200": { description: Heard. } } } }\ncomponents:\n';
    const report = await judge(editContract(), editContract(["components:\n", webhook]));
    expect(report.findings).toMatchObject([
      {
        rule: "breaking/unproved",
        severity: "error",
        file: "openapi/ward.yaml",
        message: expect.stringMatching(/cannot be proved compatible \(was openapi\/ward.yaml:\d+\)$/),
      },
    ]);
  });

  it("says none of a version alone, and nothing of contracts that are the same", async () => {
    expect(await judge(editContract(["version: 1.2.3", "version: 1.3.0"]))).toMatchObject({
      verdict: "none",
      findings: [],
    });
    expect(await judge({})).toMatchObject({ verdict: "none", redocly: "none", findings: [] });
  });

  it("can be asked for alone", async () => {
    const base = createProject(PROJECT);
    const head = createProject({
      ...PROJECT,
      ...editContract([LABEL, "label: { type: string, maxLength: 5 }"]),
    });
    expect(await redoclyVerdict(base, head)).toBe("patch");
    expect(await redoclyVerdict(base, base)).toBe("none");
  });

  it("is missed, not guessed, when Redocly gives no answer", async () => {
    const base = createProject(PROJECT);
    const head = createProject({ ...PROJECT, "openapi/ward.yaml": "openapi: 9.9.9\n" });
    await expect(redoclyVerdict(base, head)).rejects.toThrow(
      "redocly diff gave no answer for openapi/ward.yaml",
    );
  });
});
