import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createProject, removeProjects, writeProjectFile } from "../fixtures/project.ts";
import { editContract, TODAY, WARD_PROD } from "./fixtures/judge-ward.ts";
import { runDiff } from "../commands/run-diff.ts";
import { judgeChange, type ChangeReport } from "./judge-change.ts";

let repository = "";
let temporary = "";
const { TMPDIR } = process.env;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "specimen-temporary-"));
  process.env.TMPDIR = temporary;
  repository = createProject({ "environments/prod.ts": WARD_PROD, "package.json": '{ "type": "module" }' });
  writeProjectFile(repository, "handlers/ward/index.ts", "");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  commit("base");
});

afterEach(() => git("checkout", "--quiet", "--force", "main"));
afterAll(() => {
  removeProjects();
  rmSync(temporary, { recursive: true });
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
});

function git(...args: readonly string[]): void {
  execFileSync("git", args, { cwd: repository, stdio: "pipe" });
}

function commit(message: string): void {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  git(...who, "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--all", "-m", message);
}

function narrow(): void {
  const text = editContract([
    "label: { type: string, minLength: 1, maxLength: 5 }",
    "label: { type: string, minLength: 1, maxLength: 4 }",
  ]);
  writeProjectFile(repository, "openapi/ward.yaml", text["openapi/ward.yaml"] ?? "");
}

function judge(base: string, projectDirectory = repository): Promise<ChangeReport> {
  return judgeChange({ projectDirectory, base, today: TODAY });
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const terminal = {
    projectDirectory: repository,
    args,
    print: (text: string) => void (out += text),
    fail: (text: string) => void (err += text),
  };
  return { code: await runDiff(terminal), out, err };
}

function leftovers(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith("specimen-base-"));
}

describe("a change since a git reference", () => {
  it("is that of the working tree, whatever is committed, and leaves nothing behind", async () => {
    narrow();
    const report = await judge("main");
    expect(report.findings).toMatchObject([
      { file: "openapi/ward.yaml", rule: "breaking/request-property-narrowed", severity: "error" },
    ]);
    expect(report).toMatchObject({ verdict: "major", redocly: "major" });
    expect((await judge("HEAD")).verdict).toBe("major");
    expect(leftovers()).toEqual([]);
  });

  it("names what keeps the base from being read", async () => {
    await expect(judge("nowhere")).rejects.toThrow("there is no commit nowhere in this repository");
    await expect(judge("--all")).rejects.toThrow('"--all" is no git ref');
    await expect(judge("main:openapi")).rejects.toThrow("there is no commit main:openapi");
    const outside = mkdtempSync(join(tmpdir(), "specimen-outside-"));
    await expect(judge("main", outside)).rejects.toThrow("is in no git repository");
    rmSync(outside, { recursive: true });
    expect(leftovers()).toEqual([]);
  });

  it("says of a shallow clone that it is one", async () => {
    const clone = join(createProject(), "clone");
    commit("next");
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${repository}`, clone], { stdio: "pipe" });
    await expect(judge("HEAD~1", clone)).rejects.toThrow(
      "there is no commit HEAD~1 in this shallow clone: fetch it",
    );
  });

  it("says when there is no git", async () => {
    const { PATH } = process.env;
    process.env.PATH = "/nowhere";
    await expect(judge("main")).rejects.toThrow("git is not installed, or not in PATH");
    process.env.PATH = PATH;
  });

  it("cannot be judged when the base has no contracts, or broken ones", async () => {
    git("checkout", "--quiet", "-b", "broken");
    writeProjectFile(repository, "openapi/ward.yaml", "openapi: [\n");
    commit("broken");
    git("rm", "--quiet", "-r", "openapi");
    commit("empty");
    git("checkout", "--quiet", "main");
    await expect(judge("broken")).rejects.toThrow("broken has no openapi/");
    await expect(judge("broken~1")).rejects.toThrow("the contracts of broken~1 cannot be read");
  });

  it("is read from a repository that the project is a folder of", async () => {
    const inner = createProject({ "environments/prod.ts": WARD_PROD });
    const outer = createProject();
    execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: outer });
    execFileSync("cp", ["-r", inner, join(outer, "inner")]);
    execFileSync("git", ["add", "--all"], { cwd: outer });
    execFileSync(
      "git",
      [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "--quiet",
        "-m",
        "base",
      ],
      { cwd: outer },
    );
    expect((await judge("main", join(outer, "inner"))).verdict).toBe("none");
  });
});

describe("npm run diff", () => {
  it("ends with 1 for a breaking change, in every format", async () => {
    narrow();
    const text = await run("--base", "main");
    expect(text.code).toBe(1);
    expect(text.out).toContain("error  breaking/request-property-narrowed  maxLength of label 5 → 4 rejects");
    expect(text.out).toMatch(/ward 1\.2\.3: major$/);
    expect((await run("--base", "main", "--format", "github")).out).toContain(
      "::error file=openapi/ward.yaml,line=",
    );
    expect((await run("--base", "main", "--format", "markdown")).out).toContain("### Breaking");
    const sarif: unknown = JSON.parse((await run("--base", "main", "--format", "sarif")).out);
    expect(sarif).toMatchObject({ version: "2.1.0" });
    const json: unknown = JSON.parse((await run("--base", "main", "--format", "json")).out);
    expect(json).toMatchObject({ verdict: "major", redocly: "major", apis: [{ name: "ward" }] });
  });

  it("ends with 0 when nothing stands against the change", async () => {
    expect(await run("--base", "main")).toMatchObject({ code: 0, err: "" });
  });

  it("ends with 1 when the working tree cannot be read, at the line", async () => {
    writeProjectFile(repository, "openapi/ward.yaml", "openapi: [\n");
    const { code, out } = await run("--base", "main");
    expect(code).toBe(1);
    expect(out).toContain("openapi/ward.yaml:2:1  error  yaml/syntax");
  });

  it.each([
    [[], "--base is missing"],
    [["--base", "main", "--format", "pdf"], "there is no format pdf"],
    [["--base", "nowhere"], "there is no commit nowhere"],
    [["--bass", "main"], "'--bass'"],
  ])("ends with 2 for %j", async (args, message) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(message);
  });
});
