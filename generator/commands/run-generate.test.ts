import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, writeProjectFile } from "../fixtures/project.ts";
import { runGenerate } from "./run-generate.ts";

afterAll(removeProjects);

/** Handlers that need not be right: only that they are there. */
const HANDLERS = Object.fromEntries(
  ["list-beds", "create-bed", "read-bed", "sweep"].map((name) => [`handlers/ward/${name}.ts`, ""]),
);

async function run(projectDirectory: string, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(...text.split("\n"));
  return { code: await runGenerate({ projectDirectory, args, print, fail: print }), lines };
}

const project = (files = {}): string => createProject({ ...HANDLERS, ...files });

describe("generate", () => {
  it("writes what is missing and touches nothing that is right", async () => {
    const folder = project();
    const first = await run(folder);
    expect(first).toMatchObject({
      code: 0,
      lines: [expect.stringMatching(/^generated\/: 16 files .* 16 written, 0 removed$/)],
    });
    const manifest = join(folder, "generated/manifest.json");
    const written = statSync(manifest).mtimeMs;
    expect((await run(folder)).lines[0]).toContain(", 0 written, 0 removed");
    expect(statSync(manifest).mtimeMs).toBe(written);
  });

  it("removes what is generated from nothing", async () => {
    const folder = project({ "generated/old/types.ts": "" });
    expect((await run(folder)).lines[0]).toContain("1 removed");
    expect(existsSync(join(folder, "generated/old/types.ts"))).toBe(false);
  });

  it("says what it has overwritten, and that it could not read the ledger", async () => {
    const folder = project();
    await run(folder);
    writeProjectFile(folder, "generated/ward/host.json", '{\n  "version": "3.0"\n}\n');
    writeProjectFile(folder, "generated/ward/more.ts", "");
    expect((await run(folder)).lines.slice(1)).toEqual([
      "generated/ward/host.json:2 was edited by hand or merged, and has been generated again",
      "generated/ward/more.ts was generated from nothing, and has been removed",
    ]);
    writeProjectFile(folder, "generated/ledger.json", "{}");
    expect((await run(folder)).lines.slice(1)).toEqual([
      expect.stringMatching(/^generated\/ledger.json:1: the ledger is no ledger.*generated again$/),
    ]);
  });

  it("says which operation has no handler, where, and how its file begins, also when nothing has changed", async () => {
    const folder = project({ "handlers/ward/read-bed.ts": null });
    const expected = [
      "openapi/ward.yaml:67:7  warning  handler/missing  readBed has no handler. Write handlers/ward/read-bed.ts, which begins: " +
        'import type { Reply } from "../../generated/ward/types.ts"; import type { WardHandlers } from "./context.ts"; ' +
        'export const readBed: WardHandlers["readBed"] = async (request, context): Promise<Reply<"readBed">> => {',
    ];
    expect(await run(folder)).toMatchObject({ code: 0, lines: [expect.anything(), ...expected] });
    expect((await run(folder)).lines.slice(1)).toEqual(expected);
  });

  it("writes nothing when anything is wrong, also when a late emitter finds it", async () => {
    const folder = project();
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

  it.each([[["--chek"]], [["--check", "--watch"]], [["more"]]])(
    "refuses %j, and says how it is called",
    async (args) => {
      const { code, lines } = await run(project(), ...args);
      expect([code, lines.at(-1)]).toEqual([2, "usage: npm run generate [-- --check | --watch]"]);
    },
  );
});

describe("generate --check", () => {
  it("is content with what was generated", async () => {
    const folder = project();
    await run(folder);
    expect(await run(folder, "--check")).toEqual({
      code: 0,
      lines: ["generated/ is what openapi/ and apim-policies/ say"],
    });
  });

  it("says what is not, with the line that a person would change, and writes nothing", async () => {
    const folder = project();
    await run(folder);
    writeProjectFile(
      folder,
      "openapi/ward.yaml",
      editWard("Read a bed", "Read it")["openapi/ward.yaml"] ?? "",
    );
    writeProjectFile(folder, "generated/ward/host.json", "{}");
    writeProjectFile(folder, "generated/ward/more.ts", "");
    rmSync(join(folder, "generated/environment.ts"));
    const { code, lines } = await run(folder, "--check");
    expect(code).toBe(1);
    expect(
      lines.filter((line) => line.includes("  error  ")).map((line) => line.split("  ").slice(0, 3)),
    ).toEqual([
      ["generated/environment.ts:1:1", "error", "drift/missing"],
      ["generated/ward/host.json:1:2", "error", "drift/edited"],
      ["generated/ward/more.ts:1:1", "error", "drift/extra"],
      ["openapi/ward.yaml:68:7", "error", "drift/stale"],
    ]);
    expect(readFileSync(join(folder, "generated/ward/host.json"), "utf8")).toBe("{}");
  });

  it("fails with what is wrong in the sources", async () => {
    const { code, lines } = await run(project({ "openapi/ward.yaml": "openapi: [3.1\n" }), "--check");
    expect([code, lines[0]]).toEqual([1, expect.stringContaining("error  yaml/syntax")]);
  });
});
