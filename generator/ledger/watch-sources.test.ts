import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, writeProjectFile } from "../fixtures/project.ts";

/** `generate --watch` of a project that is not this one. */
const SCRIPT = `
import { runGenerate } from ${JSON.stringify(join(import.meta.dirname, "../commands/run-generate.ts"))};
const print = (text) => process.stdout.write(text + "\\n");
process.exitCode = await runGenerate({ projectDirectory: process.argv[1], args: ["--watch"], print, fail: print });
`;

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(removeProjects);

/** A watch on a project, and its lines as they come. */
function watch(folder: string): { child: ChildProcess; line: (pattern: RegExp) => Promise<string> } {
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", SCRIPT, folder];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line(pattern) {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`it ended without a line like ${String(pattern)}`);
        if (pattern.test(value)) return value;
      }
    },
  };
}

const ward = (search: string, replacement: string): string =>
  editWard(search, replacement)["openapi/ward.yaml"] ?? "";
const handlers = Object.fromEntries(
  ["list-beds", "create-bed", "read-bed", "sweep"].map((name) => [`handlers/ward/${name}.ts`, ""]),
);

describe("generate --watch", () => {
  it("generates as the sources change, however an editor writes them, and ends with its signal", async () => {
    const folder = createProject(handlers);
    const { child, line } = watch(folder);
    await line(/16 written/);
    await line(/^watching .*openapi\//);

    writeProjectFile(folder, "openapi/ward.yaml", ward("Read a bed", "Read it"));
    expect(await line(/written/)).toContain("2 written");

    writeProjectFile(folder, "openapi/.ward.yaml.new", ward("Read a bed", "Read them"));
    renameSync(join(folder, "openapi/.ward.yaml.new"), join(folder, "openapi/ward.yaml"));
    expect(await line(/written/)).toContain("2 written");

    writeProjectFile(folder, "openapi/ward.yaml", ward("operationId: sweep", "operationId: readBed"));
    expect(await line(/error/)).toContain("contract/duplicate-operation-id");

    writeProjectFile(folder, "openapi/ward.yaml", ward("Read a bed", "Read one"));
    expect(await line(/written/)).toContain("2 written");

    writeProjectFile(folder, "apim-policies/fragments/rate-limit.xml", "<macro />");
    expect(await line(/error/)).toContain("policy/unknown-parameter");

    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("sees folders that come, go, and come back as others, and handlers that are written", async () => {
    const folder = createProject({ ...handlers, "handlers/ward/sweep.ts": null });
    const { child, line } = watch(folder);
    await line(/sweep has no handler/);
    await line(/^watching/);

    writeProjectFile(folder, "handlers/ward/sweep.ts", "");
    expect(await line(/written/)).toContain("0 written");

    mkdirSync(join(folder, "handlers/bed"));
    rmSync(join(folder, "openapi"), { recursive: true });
    await line(/there is no openapi\/<api>.yaml/);
    rmSync(join(folder, "handlers/bed"), { recursive: true });

    const other = createProject();
    writeProjectFile(other, "openapi/ward.yaml", ward("Read a bed", "Read it"));
    renameSync(join(other, "openapi"), join(folder, "openapi"));
    expect(await line(/written/)).toContain("2 written");

    writeProjectFile(folder, "openapi/shared/responses.yaml", "BadRequest: 1\n");
    await line(/error {2}ref\/unknown/);

    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
