import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ensureGenerated } from "./ensure-generated.ts";
import { createProject, editWard, removeProjects, writeProjectFile } from "./fixtures/project.ts";

afterAll(removeProjects);

describe("ensureGenerated", () => {
  it("generates when it never has, and not again while nothing changes", async () => {
    const projectDirectory = createProject();
    await ensureGenerated({ projectDirectory });
    const manifest = join(projectDirectory, "generated/manifest.json");
    const ledger = join(projectDirectory, "generated/ledger.json");
    const written = statSync(ledger).mtimeMs;
    await ensureGenerated({ projectDirectory });
    expect(existsSync(manifest)).toBe(true);
    expect(statSync(ledger).mtimeMs).toBe(written);
  });

  it("generates again when the contract has changed, and when the output is gone", async () => {
    const projectDirectory = createProject();
    const manifest = join(projectDirectory, "generated/manifest.json");
    await ensureGenerated({ projectDirectory });
    writeProjectFile(
      projectDirectory,
      "openapi/ward.yaml",
      editWard("1.2.3", "1.2.4")["openapi/ward.yaml"] ?? "",
    );
    await ensureGenerated({ projectDirectory });
    expect(readFileSync(manifest, "utf8")).toContain('"1.2.4"');
    rmSync(manifest);
    await ensureGenerated({ projectDirectory });
    expect(existsSync(manifest)).toBe(true);
  });

  it("says what it has overwritten", async () => {
    const projectDirectory = createProject();
    const lines: string[] = [];
    const ensure = () => ensureGenerated({ projectDirectory, warn: (line) => lines.push(line) });
    await ensure();
    expect(lines).toEqual([]);
    writeProjectFile(projectDirectory, "generated/ward/host.json", "{}");
    await ensure();
    expect(lines).toEqual([expect.stringMatching(/^generated\/ward\/host.json:1 was edited by hand/)]);
  });

  it("stops with the finding, each time, when the contract is broken or gone", async () => {
    const projectDirectory = createProject({ "handlers/ward/index.ts": "" });
    await ensureGenerated({ projectDirectory });
    writeProjectFile(projectDirectory, "openapi/ward.yaml", "openapi: [3.1\n");
    const again = () => ensureGenerated({ projectDirectory });
    await expect(again()).rejects.toThrow("openapi/ward.yaml:");
    await expect(again()).rejects.toThrow("yaml/syntax");
    rmSync(join(projectDirectory, "openapi/ward.yaml"));
    await expect(again()).rejects.toThrow("load/missing");
  });
});
