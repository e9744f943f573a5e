import { afterAll, describe, expect, it } from "@jest/globals";
import { removeProjects, type ProjectFiles } from "../../fixtures/project.ts";
import { editContract, judgeWard } from "../fixtures/judge-ward.ts";

afterAll(removeProjects);

const NARROWED = editContract([
  "label: { type: string, minLength: 1, maxLength: 5 }",
  "label: { type: string, minLength: 1, maxLength: 4 }",
]);
const GOOD = {
  rule: "breaking/request-property-narrowed",
  at: "createBed",
  reason: "No label was ever longer than four.",
  approvedBy: "@octocat",
  expires: "2026-12-31",
};

/** The contract after a narrowing, with a waiver that is like the good one but for some keys. */
function waiving(changes: Readonly<Record<string, unknown>> = {}): ProjectFiles {
  const waiver = { ...GOOD, ...changes };
  const lines = Object.entries(waiver).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return { ...NARROWED, "openapi/waivers.yaml": `-${lines.join("\n").slice(1)}\n` };
}

describe("waivers", () => {
  it("turn the error of a breaking change into a note", async () => {
    const report = await judgeWard(waiving());
    const [version, waived] = report.findings;
    expect(waived).toMatchObject({
      severity: "note",
      rule: GOOD.rule,
      message:
        "maxLength of label 5 → 4 rejects what partners may send [createBed] (waived until 2026-12-31: No label was ever longer than four.)",
    });
    expect(version).toMatchObject({
      severity: "warning",
      rule: "diff/version",
      message: "info.version is 1.2.3: the change asks for 1.3.0",
    });
    expect(report.findings).toHaveLength(2);
    expect(report.verdict).toBe("major");
    expect(report.changelog).toContain("(agreed until 2026-12-31)");
  });

  it.each(["createBed", "BedCreate.label"])("name a change by %s", async (at) => {
    const { findings } = await judgeWard(waiving({ at }));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each([
    ["another operation", { at: "listBeds" }],
    ["what the property is part of", { at: "BedCreate" }],
    ["another rule", { rule: "breaking/request-property-removed" }],
  ])("waive nothing at %s, and are told as unused", async (_what, changes) => {
    const { findings } = await judgeWard(waiving(changes));
    expect(findings.map(({ severity, rule, file }) => [severity, rule, file])).toEqual([
      ["warning", "waiver/unused", "openapi/waivers.yaml"],
      ["error", GOOD.rule, "openapi/ward.yaml"],
    ]);
  });

  it("waive a change of a shared schema for the operations that they name alone", async () => {
    const limit = "maxLength: 36";
    const schemas = (text: string): ProjectFiles => ({
      "openapi/shared/schemas.yaml": `Id: { type: string, ${text} }
Problem: { type: object, properties: { type: { type: string, maxLength: 100 } } }
GatewayError: { type: object, properties: { message: { type: string, maxLength: 200 } } }
`,
    });
    const waiver = {
      "openapi/waivers.yaml":
        waiving({ rule: "breaking/response-property-widened", at: "readBed" })["openapi/waivers.yaml"] ??
        null,
    };
    const { findings } = await judgeWard({ ...schemas("maxLength: 40"), ...waiver }, schemas(limit));
    expect(findings.map(({ severity, message }) => [severity, /\[(.*?)\]/.exec(message)?.[1]])).toEqual([
      ["error", "listBeds, createBed"],
      ["note", "readBed"],
    ]);
  });

  it.each([
    ["2026-11-19", "waiver/expired", 5],
    ["2027-05-20", "waiver/form", 5],
    ["2026-02-30", "waiver/form", 5],
    ["soon", "waiver/form", 5],
  ])("that expire on %s waive nothing", async (expires, rule, line) => {
    const { findings } = await judgeWard(waiving({ expires }));
    expect(findings).toMatchObject([
      { rule, severity: "error", file: "openapi/waivers.yaml", line, column: 12 },
      { rule: GOOD.rule, severity: "error" },
    ]);
  });

  it.each(["2026-11-20", "2027-05-19"])("that expire on %s hold", async (expires) => {
    const { findings } = await judgeWard(waiving({ expires }));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each([
    [
      "a rule that is none",
      { rule: "breaking/everything" },
      1,
      "rule: the id of a breaking/… rule is expected",
    ],
    ["a rule that breaks nobody", { rule: "compatible/deprecated" }, 1, "expected"],
    ["a reason that is none", { reason: "because" }, 3, "a reason of at least 10 characters"],
    ["an address of a person", { approvedBy: "a.b@example.org" }, 4, "a role or a handle"],
    ["a number", { at: 7 }, 2, "at is missing, or no text"],
    ["a key that means nothing", { because: "x" }, 6, "because is no key of a waiver"],
  ])("with %s waive nothing", async (_what, changes, line, message) => {
    const { findings } = await judgeWard(waiving(changes));
    const [finding] = findings.filter(({ rule }) => rule === "waiver/form");
    expect(finding).toMatchObject({ severity: "error", file: "openapi/waivers.yaml", line });
    expect(finding?.message).toContain(message.replace(/^rule: /, ""));
    expect(findings.some(({ rule, severity }) => rule === GOOD.rule && severity === "error")).toBe(true);
  });

  it("twice are told", async () => {
    const one = waiving()["openapi/waivers.yaml"] ?? "";
    const { findings } = await judgeWard({ ...NARROWED, "openapi/waivers.yaml": one + one });
    expect(findings.filter(({ rule }) => rule === "waiver/form")).toMatchObject([
      { line: 6, message: `${GOOD.rule} at createBed is waived in line 1 already` },
    ]);
  });

  it.each([
    ["not: a list\n", 1],
    ["- just text\n", 1],
    ["- rule: [\n", 2],
  ])("of another form, %j, are told", async (text, line) => {
    const { findings } = await judgeWard({ "openapi/waivers.yaml": text });
    expect(findings[0]).toMatchObject({
      rule: "waiver/form",
      severity: "error",
      file: "openapi/waivers.yaml",
      line,
    });
  });

  it.each(["[]\n", "# nothing\n", ""])("may be none: %j", async (text) => {
    expect((await judgeWard({ "openapi/waivers.yaml": text })).findings).toEqual([]);
  });
});
