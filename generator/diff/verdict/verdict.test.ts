import { afterAll, describe, expect, it } from "@jest/globals";
import { removeProjects } from "../../fixtures/project.ts";
import { editContract, judgeWard, linesOf } from "../fixtures/judge-ward.ts";
import { nextVersion, parseVersion, raiseOf } from "./version.ts";

afterAll(removeProjects);

type Edit = readonly [search: string, replacement: string];
const NARROWED: Edit = [
  "label: { type: string, minLength: 1, maxLength: 5 }",
  "label: { type: string, minLength: 1, maxLength: 4 }",
];
const WIDENED: Edit = [
  "label: { type: string, minLength: 1, maxLength: 5 }",
  "label: { type: string, minLength: 1, maxLength: 6 }",
];
const raised = (version: string): Edit => ["  version: 1.2.3", `  version: ${version}`];

describe("the verdict on a version", () => {
  it("takes a breaking change for an error until the major version is raised", async () => {
    const open = await judgeWard(editContract(NARROWED));
    expect(open.findings).toMatchObject([
      {
        severity: "error",
        rule: "breaking/request-property-narrowed",
        hint: "waive it in openapi/waivers.yaml (at: BedCreate.label), or raise the major version",
      },
    ]);
    const settled = await judgeWard(editContract(NARROWED, raised("2.0.0")));
    expect(settled.findings.map(({ severity, rule }) => [severity, rule])).toEqual([
      ["note", "breaking/request-property-narrowed"],
    ]);
    expect(settled.apis).toMatchObject([{ from: "1.2.3", to: "2.0.0", verdict: "major", raised: "major" }]);
  });

  it("warns of an addition without a new minor version", async () => {
    const head = editContract(WIDENED);
    const report = await judgeWard(head);
    expect(linesOf(report, "diff/version", head)).toEqual(["openapi/ward.yaml: version: 1.2.3"]);
    expect(report.findings.find(({ rule }) => rule === "diff/version")).toMatchObject({
      severity: "warning",
      message: "info.version is 1.2.3: the change asks for 1.3.0",
    });
    const patched = await judgeWard(editContract(WIDENED, raised("1.2.4")));
    expect(patched.findings.map(({ rule }) => rule)).toContain("diff/version");
    for (const version of ["1.3.0", "2.0.0"]) {
      const { findings } = await judgeWard(editContract(WIDENED, raised(version)));
      expect(findings.map(({ rule }) => rule)).toEqual(["compatible/request-widened"]);
    }
  });

  it.each([
    ["1.2.2", "info.version went down from 1.2.3 to 1.2.2"],
    ["0.9.9", "info.version went down from 1.2.3 to 0.9.9"],
    ["v2", "info.version v2 is no semantic version, such as 1.4.0"],
  ])("refuses the version %s", async (version, message) => {
    const { findings } = await judgeWard(editContract(raised(version)));
    expect(findings).toMatchObject([{ severity: "error", rule: "diff/version", message }]);
  });

  it("finds nothing where nothing was changed", async () => {
    const report = await judgeWard({});
    expect(report).toMatchObject({
      findings: [],
      verdict: "none",
      changelog: "Nothing changed for partners.\n",
    });
  });
});

describe("versions", () => {
  it("are compared part by part", () => {
    const raise = (from: string, to: string): unknown => {
      const [a, b] = [parseVersion(from), parseVersion(to)];
      return a && b && raiseOf(a, b);
    };
    expect(raise("1.9.9", "2.0.0")).toBe("major");
    expect(raise("1.9.9", "1.10.0")).toBe("minor");
    expect(raise("1.9.9", "1.9.10")).toBe("patch");
    expect(raise("1.9.9", "1.9.9-rc.1")).toBe("none");
    expect(raise("2.0.0", "1.9.9")).toBeUndefined();
    for (const text of ["1.2", "01.2.3", "1.2.3.4", "", "latest"]) expect(parseVersion(text)).toBeUndefined();
    expect(nextVersion({ major: 1, minor: 2, patch: 3 }, "major")).toBe("2.0.0");
    expect(nextVersion({ major: 1, minor: 2, patch: 3 }, "patch")).toBe("1.2.4");
  });
});

describe("the changelog", () => {
  it("tells partners what breaks, what is new, what changed, each with its line", async () => {
    const { changelog } = await judgeWard(
      editContract(
        NARROWED,
        [
          "        kind: { const: bed }",
          "        kind: { const: bed }\n        ward: { type: string, maxLength: 5 }",
        ],
        ["required: [label, since]", "required: [label]"],
        [
          "    get:\n      operationId: readBed\n",
          "    get:\n      deprecated: true\n      operationId: readBed\n",
        ],
        raised("2.0.0"),
      ),
    );
    expect(changelog).toBe(`## Ward API 1.2.3 → 2.0.0 (major)

### Breaking

- \`createBed\`: \`label\`: at most 4 characters, before at most 5 characters ([openapi/ward.yaml:99](openapi/ward.yaml#L99))

### Added

- \`createBed\`: \`ward\` can be sent ([openapi/ward.yaml:103](openapi/ward.yaml#L103))

### Changed

- \`readBed\`: GET /ward/beds/{bedId} is deprecated ([openapi/ward.yaml:67](openapi/ward.yaml#L67))
- \`createBed\`: \`since\` may be left out ([openapi/ward.yaml:97](openapi/ward.yaml#L97))
`);
  });
});
