import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { ContractEdit } from "./contract-edit.ts";
import { CONTRACT_EDITS, REFUSED_EDITS, THEMES } from "./edits/all-edits.ts";
import { renderReadme } from "./render-readme.ts";
import { SAMPLED_EDITS } from "./sampled-edits.ts";

const repository = resolve(import.meta.dirname, "../..");

describe("the corpus", () => {
  it("names each edit once, in kebab case", () => {
    const names = [...CONTRACT_EDITS, ...REFUSED_EDITS].map(({ name }) => name);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("is what README.md shows (node tests/contract-edits/main.ts --write)", () => {
    const read = (file: string): string => readFileSync(join(repository, file), "utf8");
    expect(readFileSync(join(import.meta.dirname, "README.md"), "utf8")).toBe(renderReadme(read));
  });
});

describe("the sample", () => {
  it("has each edit once, and of each theme one of each verdict", () => {
    expect(new Set(SAMPLED_EDITS).size).toBe(SAMPLED_EDITS.length);
    const verdictsOf = (edits: readonly ContractEdit[]) =>
      THEMES.map((theme) => [
        theme.title,
        new Set(edits.filter((edit) => theme.edits.includes(edit)).map(({ verdict }) => verdict)),
      ]);
    expect(verdictsOf(SAMPLED_EDITS)).toEqual(verdictsOf(CONTRACT_EDITS));
  });
});
