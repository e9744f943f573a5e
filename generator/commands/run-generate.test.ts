import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, removeProjects, writeProjectFile } from "../fixtures/project.ts";
import { runGenerate } from "./run-generate.ts";

afterAll(removeProjects);

async function run(projectDirectory: string, check = false): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const args = check ? ["--check"] : [];
  return { code: await runGenerate({ projectDirectory, args, print, fail: print }), lines };
}

describe("generate", () => {
  it("writes what is missing and touches nothing that is right", async () => {
    const folder = createProject();
    expect(await run(folder)).toMatchObject({ code: 0, lines: [expect.stringMatching(/ 0 removed$/)] });
    const manifest = join(folder, "generated/manifest.json");
    const written = statSync(manifest).mtimeMs;
    expect((await run(folder)).lines[0]).toContain(", 0 written, 0 removed");
    expect(statSync(manifest).mtimeMs).toBe(written);
  });

  it("removes what is generated from nothing", async () => {
    const folder = createProject({ "generated/old/types.ts": "" });
    expect((await run(folder)).lines[0]).toContain("1 removed");
    expect(existsSync(join(folder, "generated/old/types.ts"))).toBe(false);
  });

  it("writes nothing when anything is wrong, also when a late emitter finds it", async () => {
    const folder = createProject();
    await run(folder);
    const before = readFileSync(join(folder, "generated/manifest.json"), "utf8");
    writeProjectFile(
      folder,
      "openapi/shared/schemas.yaml",
      "Id: { type: string }\nProblem: { type: strang }\nGatewayError: {}\n",
    );
    const { code, lines } = await run(folder);
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^openapi\/shared\/schemas\.yaml:2:10 {2}error {2}schema\/invalid/),
    ]);
    expect(readFileSync(join(folder, "generated/manifest.json"), "utf8")).toBe(before);
  });

  it("says in one line that there is no contract", async () => {
    const folder = createProject();
    rmSync(join(folder, "openapi"), { recursive: true });
    const { code, lines } = await run(folder);
    expect([code, lines]).toEqual([1, ["openapi:1:1  error  load/missing  there is no openapi/<api>.yaml"]]);
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });
});

describe("generate --check", () => {
  it("is content with what was generated", async () => {
    const folder = createProject();
    await run(folder);
    expect((await run(folder, true)).code).toBe(0);
  });

  it("names what is stale, missing and extra, and the command, and writes nothing", async () => {
    const folder = createProject();
    await run(folder);
    writeProjectFile(folder, "generated/ward/host.json", "{}");
    writeProjectFile(folder, "generated/ward/more.ts", "");
    rmSync(join(folder, "generated/environment.ts"));
    const { code, lines } = await run(folder, true);
    expect(code).toBe(1);
    expect(lines.join("\n").split("\n")).toEqual([
      "generated/ward/host.json:1:1  error  drift/stale  not what the sources say",
      "generated/environment.ts:1:1  error  drift/missing  not what the sources say",
      "generated/ward/more.ts:1:1  error  drift/extra  not what the sources say",
      "Run: npm run generate",
    ]);
    expect(readFileSync(join(folder, "generated/ward/host.json"), "utf8")).toBe("{}");
  });
});
