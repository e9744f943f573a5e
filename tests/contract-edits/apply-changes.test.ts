import { describe, expect, it } from "@jest/globals";
import { applyChanges } from "./apply-changes.ts";
import type { Change } from "./contract-edit.ts";

const YAML = `schemas:
  Name:
    type: string
    maxLength: 64

  Code:
    type: string
    maxLength: 64
paths: {}
`;

const apply = (...changes: Change[]) => applyChanges(changes, () => YAML);
const textAfter = (...changes: Change[]): string => apply(...changes)[0]?.text ?? "";

describe("applyChanges", () => {
  it("replaces a text in the block that is named, and says which line is marked", () => {
    const [edited] = apply({
      file: "a.yaml",
      in: ["schemas:", "Code:"],
      replace: "maxLength: 64",
      by: "maxLength: ▸32",
    });
    expect(edited).toEqual({
      file: "a.yaml",
      text: YAML.replace(/64\npaths/, "32\npaths"),
      marked: [8],
    });
  });

  it("takes a line away that is left empty, and no other empty line", () => {
    const text = textAfter({ file: "a.yaml", in: ["Name:"], replace: "type: string", by: "" });
    expect(text).toBe(YAML.replace("    type: string\n", ""));
  });

  it("removes a line with its block", () => {
    expect(textAfter({ file: "a.yaml", in: ["schemas:"], remove: "Name:" })).toBe(
      "schemas:\n  Code:\n    type: string\n    maxLength: 64\npaths: {}\n",
    );
  });

  it("inserts lines with the margin of the line before", () => {
    expect(
      textAfter({ file: "a.yaml", in: ["Name:"], after: "type: string", insert: ["a:", "  b: 1"] }),
    ).toContain("    type: string\n    a:\n      b: 1\n    maxLength: 64\n");
  });

  it("marks a line of what is left after a removal", () => {
    const [edited] = apply(
      { file: "a.yaml", in: ["schemas:", "Name:"], remove: "maxLength: 64" },
      { file: "a.yaml", in: ["schemas:"], mark: "Code:" },
    );
    expect(edited?.marked).toEqual([4]);
    expect(edited?.text).not.toContain("▸");
  });

  it("creates a file without reading it", () => {
    const read = (): string => {
      throw new Error("not to be read");
    };
    expect(applyChanges([{ file: "b.xml", create: ["<macro>", "▸</macro>"] }], read)).toEqual([
      { file: "b.xml", text: "<macro>\n</macro>\n", marked: [2] },
    ]);
  });

  it.each<[string, Change]>([
    ["a text that is there twice", { file: "a.yaml", replace: "maxLength: 64", by: "x" }],
    ["a text that is elsewhere", { file: "a.yaml", in: ["Name:"], replace: "paths: {}", by: "x" }],
    ["a text that is there once, not twice", { file: "a.yaml", replace: "paths", by: "x", times: 2 }],
    ["a line that is there twice", { file: "a.yaml", remove: "type: string" }],
    ["a line that is nowhere", { file: "a.yaml", mark: "Nothing:" }],
    ["a block that is nowhere", { file: "a.yaml", in: ["Nothing:"], mark: "type: string" }],
    ["a line of which only a part is given", { file: "a.yaml", remove: "maxLength:" }],
  ])("refuses %s", (_what, change) => {
    expect(() => apply(change)).toThrow(/^a\.yaml has /);
  });
});
