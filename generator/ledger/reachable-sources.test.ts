import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, removeProjects } from "../fixtures/project.ts";
import { reachableSources } from "./reachable-sources.ts";

const project = join(import.meta.dirname, "../..");

afterAll(removeProjects);

describe("reachableSources", () => {
  it("follows imports of values wherever they are written, and nothing that only looks like one", () => {
    const folder = createProject({
      "a/main.ts": `import { b } from "./b.ts";
import {
  c,
  type Other,
} from "../c.ts";
import type { T } from "./types.ts";
export type { U } from "./more-types.ts";
export { e } from "./e.ts";
import * as f from "yaml";
export function print(x: string): string {
  return \`import { g } from "./g.ts";
import { \${x} } from "./nowhere.ts";\`;
}
const d = await import("./d.ts");
`,
      "a/b.ts": 'import { main } from "./main.ts";\n',
      "c.ts": "",
      "a/d.ts": "",
      "a/e.ts": "",
      "a/types.ts": "",
      "a/more-types.ts": "",
    });
    expect([...reachableSources(folder, "a/main.ts").keys()].sort()).toEqual([
      "a/b.ts",
      "a/d.ts",
      "a/e.ts",
      "a/main.ts",
      "c.ts",
    ]);
  });

  it("knows of the generator all that can change an output, and none of what judges or tests it", () => {
    const names = [...reachableSources(project, "generator/ledger/read-artefacts.ts").keys()];
    expect(names).toEqual(
      expect.arrayContaining([
        "generator/emit/print-types.ts",
        "generator/emit/print-validators.ts",
        "generator/emit/format-code.ts",
        "generator/load/bundle.ts",
        "generator/apim/import-document.ts",
        "generator/policies/expand-fragment.ts",
      ]),
    );
    expect(names.filter((name) => !/^generator\/(apim|emit|load|model|policies)\//.test(name))).toEqual([
      "generator/ledger/read-artefacts.ts",
      "generator/finding.ts",
    ]);
    expect(names.filter((name) => /\.test\.|fixtures|judge/.test(name))).toEqual([]);
  });
});
