import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { readErrorCatalogue } from "./error-catalogue.ts";

const root = path.dirname(import.meta.dirname);

describe("readErrorCatalogue", () => {
  it("reads introduction, errors and appendix", () => {
    const text =
      "# Errors\n\nHello.\n\n## no-luck\n\n- Status: 404\n- Title: No luck\n\nWhy.\n\n## Refusals\n\nMore.\n";
    expect(readErrorCatalogue(text, "errors.md")).toEqual({
      introduction: "# Errors\n\nHello.",
      errors: [{ code: "no-luck", status: 404, title: "No luck", markdown: "Why." }],
      appendix: "## Refusals\n\nMore.\n\n",
    });
  });

  it.each([
    ["no status", "## no-luck\n\n- Title: No luck\n"],
    ["no title", "\n## no-luck\n\n- Status: 404\n"],
    ["a status that is no number", "## no-luck\n\n- Status: four\n- Title: No luck\n"],
  ])("names file and line of an error with %s", (_, text) => {
    expect(() => readErrorCatalogue(text, "errors.md")).toThrow(/^errors\.md:\d: no-luck needs the lines/);
  });

  it("refuses an error that is there twice", () => {
    const section = "## no-luck\n\n- Status: 404\n- Title: No luck\n";
    expect(() => readErrorCatalogue(section + section, "errors.md")).toThrow(
      "errors.md: no-luck has two sections",
    );
  });
});

describe("docs/errors.md", () => {
  it("has a section for each code of the contract, in its order", async () => {
    const schemas = parse(await readFile(path.join(root, "openapi/shared/schemas.yaml"), "utf8")) as {
      ProblemCode: { enum: string[] };
    };
    const catalogue = readErrorCatalogue(
      await readFile(path.join(root, "docs/errors.md"), "utf8"),
      "docs/errors.md",
    );
    expect(catalogue.errors.map(({ code }) => code)).toEqual(schemas.ProblemCode.enum);
  });
});
