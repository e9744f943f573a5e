import { describe, expect, it } from "@jest/globals";
import type { Finding } from "../finding.ts";
import { isReportFormat, reportFindings } from "./report-findings.ts";

const finding = (more: Partial<Finding> = {}): Finding => ({
  file: "openapi/ward.yaml",
  line: 12,
  column: 5,
  severity: "error",
  rule: "ref/unknown",
  message: "there is none",
  ...more,
});

describe("reportFindings", () => {
  it("knows three formats", () => {
    expect(["text", "github", "sarif", "json", "constructor"].filter(isReportFormat)).toEqual([
      "text",
      "github",
      "sarif",
    ]);
  });

  it.each(["text", "github", "sarif"] as const)(
    "gives equal %s for findings in any order, and twice",
    (format) => {
      const one = finding();
      const two = finding({ line: 3, severity: "warning" });
      const three = finding({ file: "openapi/audit.yaml" });
      const four = finding({ line: 3, column: 40 });
      expect(reportFindings([one, two, three, four], format)).toBe(
        reportFindings([four, one, { ...one }, three, two], format),
      );
    },
  );
});

describe("as text", () => {
  it("has the place, the rule, what to do and the page, and counts at the end", () => {
    const findings = [
      finding({ hint: "write\n  it" }),
      finding({ line: 2, column: 1, severity: "warning", rule: "lint/info-contact" }),
      finding({ file: "apim-policies/global.xml", severity: "note", message: "a\nb" }),
    ];
    expect(reportFindings(findings, "text").split("\n")).toEqual([
      "apim-policies/global.xml:12:5  note  ref/unknown  a b",
      "  docs/rules/ref-unknown.md",
      "openapi/ward.yaml:2:1  warning  lint/info-contact  there is none",
      "  docs/rules/lint-info-contact.md",
      "openapi/ward.yaml:12:5  error  ref/unknown  there is none",
      "  write it · docs/rules/ref-unknown.md",
      "1 error, 1 warning, 1 note",
    ]);
  });

  it("says that there is nothing", () => {
    expect(reportFindings([], "text")).toBe("0 errors, 0 warnings, 0 notes");
  });
});

describe("as annotations", () => {
  it("has a command for each severity", () => {
    const findings = (["error", "warning", "note"] as const).map((severity, index) =>
      finding({ severity, line: index + 1 }),
    );
    expect(reportFindings(findings, "github").split("\n")).toEqual([
      "::error file=openapi/ward.yaml,line=1,col=5,title=ref/unknown::there is none%0Adocs/rules/ref-unknown.md",
      "::warning file=openapi/ward.yaml,line=2,col=5,title=ref/unknown::there is none%0Adocs/rules/ref-unknown.md",
      "::notice file=openapi/ward.yaml,line=3,col=5,title=ref/unknown::there is none%0Adocs/rules/ref-unknown.md",
    ]);
  });

  it("lets no text out of its place", () => {
    const hostile = "50%, a:b\r\n::error file=x::y";
    const text = reportFindings([finding({ file: hostile, message: hostile, hint: hostile })], "github");
    expect(text).toBe(
      "::error file=50%25%2C a%3Ab%0D%0A%3A%3Aerror file=x%3A%3Ay,line=12,col=5,title=ref/unknown" +
        "::50%25, a:b%0D%0A::error file=x::y%0A50%25, a:b%0D%0A::error file=x::y · docs/rules/ref-unknown.md",
    );
  });

  it("is empty when there is nothing", () => {
    expect(reportFindings([], "github")).toBe("");
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly partialFingerprints: Record<string, string>;
    }[];
  }[];
}

const sarif = (findings: readonly Finding[]): Sarif["runs"][number] => {
  const log = JSON.parse(reportFindings(findings, "sarif")) as Sarif;
  const [run] = log.runs;
  if (!run) throw new Error("there is no run");
  return run;
};

describe("as SARIF", () => {
  it("leads each result to its rule and its line", () => {
    const run = sarif([
      finding({ file: "openapi/a b#c.yaml", hint: "write it" }),
      finding({ rule: "lint/info-contact", severity: "note" }),
    ]);
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(["lint/info-contact", "ref/unknown"]);
    for (const { ruleId, ruleIndex } of run.results)
      expect(run.tool.driver.rules[ruleIndex]).toMatchObject({ id: ruleId });
    expect(run.results[0]).toMatchObject({
      ruleId: "ref/unknown",
      level: "error",
      message: { text: "there is none\nwrite it" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "openapi/a%20b%23c.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 12, startColumn: 5 },
          },
        },
      ],
    });
    expect(run.results[1]).toMatchObject({ level: "note" });
  });

  it("says of each rule what it asks for, how strictly, and where it comes from", () => {
    const [should, must] = sarif([
      finding({ rule: "lint/property-description" }),
      finding({ rule: "lint/limit-strings" }),
    ]).tool.driver.rules.toReversed();
    expect(must).toMatchObject({
      id: "lint/limit-strings",
      shortDescription: { text: expect.stringMatching(/^A string/) },
      helpUri: expect.stringMatching(/^https:\/\//),
      defaultConfiguration: { level: "error" },
    });
    expect(should).toMatchObject({ defaultConfiguration: { level: "warning" } });
  });

  it("keeps a finding's fingerprint when lines are added above, and tells equal ones apart", () => {
    const prints = (findings: readonly Finding[]): (string | undefined)[] =>
      sarif(findings).results.map(({ partialFingerprints }) => partialFingerprints["specimenFinding/v1"]);
    const before = prints([finding(), finding({ line: 20 })]);
    expect(prints([finding({ line: 15 }), finding({ line: 23 })])).toEqual(before);
    expect(new Set(before).size).toBe(2);
    expect(prints([finding({ message: "another" })])[0]).not.toBe(before[0]);
  });

  it("is what code scanning takes also when there is nothing", () => {
    expect(sarif([])).toMatchObject({
      results: [],
      tool: { driver: { name: "Specimen contract", rules: [] } },
    });
  });
});
