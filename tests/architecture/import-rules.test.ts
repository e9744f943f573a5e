import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { forbiddenImports } from "./import-rules.ts";

const project = join(import.meta.dirname, "../..");

describe("the import table of DESIGN.md", () => {
  it("holds for every source file", () => {
    const paths = globSync("**/*.ts", {
      cwd: project,
      exclude: ["node_modules", ".build", ".local", ".venv"],
    });
    const sources = paths.map((path) => ({ path, text: readFileSync(join(project, path), "utf8") }));
    expect(sources.length).toBeGreaterThan(100);
    expect(forbiddenImports(sources)).toEqual([]);
  });

  it.each([
    ["runtime/a.ts", `import { b } from "../handlers/patient/b.ts";`],
    ["runtime/a.ts", `const b = await import("../generated/patient/types.ts");`],
    ["generator/a.ts", `export { b } from "../runtime/b.ts";`],
    ["generated/patient/types.ts", `import { b } from "../../runtime/operation.ts";`],
    ["generated/patient/operations.ts", `import { b } from "../../handlers/patient/b.ts";`],
    ["generated/patient/handlers.ts", `import { b } from "../../handlers/audit/b.ts";`],
    ["generated/patient/handlers.ts", `import { b } from "../../runtime/b.ts";`],
    ["generated/patient/inner/handlers.ts", `import { b } from "../../../handlers/patient/b.ts";`],
    ["handlers/patient/a.ts", `import { b } from "../../generated/patient/handlers.ts";`],
    ["generated/handlers.ts", `import { b } from "../handlers/patient/b.ts";`],
    ["handlers/patient/a.ts", `import { b } from "../audit/b.ts";`],
    ["handlers/patient/a.ts", `import type { b } from "../../generated/audit/types.ts";`],
    ["platform/gateway/a.ts", `import { b } from "../database/b.ts";`],
    ["platform/gateway/a.ts", `import { b } from "../start-platform.ts";`],
    ["environments/local.ts", `import { b } from "../generated/b.ts";`],
    ["infra/a.ts", `import { b } from "../handlers/patient/get-patient.ts";`],
    ["elsewhere/a.ts", `import { b } from "../runtime/b.ts";`],
  ])("refuses %s: %s", (path, text) => {
    expect(forbiddenImports([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ["handlers/patient/a.ts", `import { b } from "../../runtime/b.ts";`],
    ["handlers/patient/a.ts", `import type { b } from "../../generated/patient/types.ts";`],
    ["generated/patient/operations.ts", `import type { b } from "../../runtime/operation.ts";`],
    ["generated/patient/handlers.ts", `import { b } from "../../handlers/patient/b.ts";`],
    ["handlers/patient/index.ts", `import { b } from "../../generated/patient/handlers.ts";`],
    ["platform/start-platform.ts", `import { b } from "./gateway/b.ts"; import { c } from "../portal/c.ts";`],
    ["infra/a.ts", `import { b } from "../handlers/patient/collections.ts";`],
    ["tests/a.ts", `import { b } from "../platform/gateway/b.ts";`],
  ])("allows %s: %s", (path, text) => {
    expect(forbiddenImports([{ path, text }])).toEqual([]);
  });
});
