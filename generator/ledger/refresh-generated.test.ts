import { mkdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { listFiles } from "../files.ts";
import {
  createProject,
  editWard,
  removeProjects,
  writeProjectFile,
  type ProjectFiles,
} from "../fixtures/project.ts";
import { WARD_PROJECT } from "../fixtures/ward-project.ts";
import { generate } from "../generate.ts";
import { judgeDrift } from "./judge-drift.ts";
import { LEDGER } from "./ledger.ts";
import { refreshGenerated } from "./refresh-generated.ts";

afterEach(removeProjects);
afterAll(removeProjects);

function contentsOf(folder: string): Record<string, string> {
  const generated = join(folder, "generated");
  return Object.fromEntries(
    listFiles(generated).map((path) => [path, readFileSync(join(generated, path), "utf8")]),
  );
}

/** What a project holds that never had anything generated before. */
async function fromNothing(folder: string): Promise<Record<string, string>> {
  const sources = ["openapi", "apim-policies"].flatMap((room) =>
    listFiles(join(folder, room)).map((file): [string, string] => [
      `${room}/${file}`,
      readFileSync(join(folder, room, file), "utf8"),
    ]),
  );
  const blank = Object.fromEntries(Object.keys(WARD_PROJECT).map((name) => [name, null]));
  const fresh = createProject({ ...blank, ...Object.fromEntries(sources) });
  await refreshGenerated(fresh);
  return contentsOf(fresh);
}

function edit(folder: string, search: string, replacement: string): void {
  writeProjectFile(folder, "openapi/ward.yaml", editWard(search, replacement)["openapi/ward.yaml"] ?? "");
}

let generatedFiles: ProjectFiles = {};

beforeAll(async () => {
  const folder = createProject();
  await refreshGenerated(folder);
  generatedFiles = Object.fromEntries(
    listFiles(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
});

/** A project of its own in which everything has been generated. */
const generated = (): string => createProject(generatedFiles);

describe("refreshGenerated", () => {
  it("writes what is generated, and a ledger of it", async () => {
    const folder = generated();
    const { [LEDGER]: ledger, ...files } = contentsOf(folder);
    const outputs = await generate(folder);
    expect(files).toEqual(Object.fromEntries(outputs.map(({ path, content }) => [path, content])));
    expect(Object.keys(JSON.parse(ledger ?? "").artefacts)).toEqual(outputs.map(({ path }) => path));
  });

  it("touches nothing when nothing has changed, and only what has when something has", async () => {
    const folder = generated();
    const writtenAt = () =>
      Object.fromEntries(
        listFiles(join(folder, "generated")).map((path) => [
          path,
          statSync(join(folder, "generated", path)).ino,
        ]),
      );
    const before = writtenAt();
    expect(await refreshGenerated(folder)).toMatchObject({ written: [], removed: [], total: 16 });
    expect(writtenAt()).toEqual(before);
    edit(folder, "summary: Read a bed", "summary: Read one bed");
    const { written } = await refreshGenerated(folder);
    expect(written).toEqual(["apim/apis/ward/import.json", "ward/openapi.json"]);
    const changed = Object.entries(writtenAt()).filter(([path, inode]) => before[path] !== inode);
    expect(changed.map(([path]) => path)).toEqual([written[0], LEDGER, written[1]]);
  });

  it("overwrites what was edited by hand and says which, and removes what comes from nothing", async () => {
    const folder = generated();
    const before = contentsOf(folder);
    writeProjectFile(folder, "generated/ward/more.ts", "");
    writeProjectFile(
      folder,
      "generated/ward/types.ts",
      (before["ward/types.ts"] ?? "").replace("createBed: {", "createBed: { // mine"),
    );
    const line = (before["ward/types.ts"] ?? "").split("createBed: {")[0]?.split("\n").length;
    expect(await refreshGenerated(folder)).toMatchObject({
      written: ["ward/types.ts"],
      removed: ["ward/more.ts"],
      overwritten: [{ path: "ward/types.ts", line }],
      discarded: ["ward/more.ts"],
    });
    expect(contentsOf(folder)).toEqual(before);
  });

  it("does not take for edited what it would have written itself", async () => {
    const folder = generated();
    edit(folder, "summary: Read a bed", "summary: Read one bed");
    for (const { path, content } of await generate(folder))
      writeProjectFile(folder, `generated/${path}`, content);
    expect(await refreshGenerated(folder)).toMatchObject({ written: [], overwritten: [] });
    expect(await judgeDrift(folder)).toEqual([]);
  });

  it("makes good what a run that was killed has left", async () => {
    const folder = generated();
    edit(folder, "minLength: 1,", "minLength: 2,");
    const wanted = await fromNothing(folder);
    // Something cannot be written: the run ends in the middle, as if it were killed there.
    const obstacle = join(folder, "generated/ward/validators.js");
    rmSync(obstacle);
    mkdirSync(join(obstacle, "inner"), { recursive: true });
    const ledger = contentsOf(folder)[LEDGER];
    await expect(refreshGenerated(folder)).rejects.toThrow("EISDIR");
    expect(contentsOf(folder)["ward/openapi.json"]).toBe(wanted["ward/openapi.json"]);
    expect(contentsOf(folder)[LEDGER]).toBe(ledger);
    rmSync(obstacle, { recursive: true });
    expect((await refreshGenerated(folder)).written).toEqual(["ward/validators.js"]);
    expect(contentsOf(folder)).toEqual(wanted);
  });

  it.each(["ward/types.ts", "manifest.json", LEDGER])("makes good a %s that was cut off", async (path) => {
    const folder = generated();
    const wanted = contentsOf(folder);
    truncateSync(join(folder, "generated", path), 50);
    await refreshGenerated(folder);
    expect(contentsOf(folder)).toEqual(wanted);
  });

  it("renders everything again for another generator, and when the ledger cannot be read", async () => {
    const folder = generated();
    const wanted = contentsOf(folder);
    const ledger = wanted[LEDGER] ?? "";
    writeProjectFile(
      folder,
      `generated/${LEDGER}`,
      ledger.replace(/"prettier": ".*"/, '"prettier": "0.0.1"'),
    );
    expect((await refreshGenerated(folder)).fault).toBeUndefined();
    expect(contentsOf(folder)).toEqual(wanted);
    writeProjectFile(folder, `generated/${LEDGER}`, ledger.replace('  "tools"', '<<<<<<< HEAD\n  "tools"'));
    expect((await refreshGenerated(folder)).fault).toMatchObject({ rule: "drift/ledger", line: 3 });
    expect(contentsOf(folder)).toEqual(wanted);
  });

  it("refuses handlers without a contract although nothing else has changed", async () => {
    const folder = generated();
    mkdirSync(join(folder, "handlers/bed"), { recursive: true });
    await expect(refreshGenerated(folder)).rejects.toThrow("openapi/bed.yaml:1:1  error  load/missing");
  });

  it("gives, change by change, what generating from nothing gives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(CHANGES.length - 1), { minLength: 3, maxLength: 5 }),
        async (indices) => {
          const folder = createProject();
          for (const index of indices) {
            CHANGES[index]?.(folder);
            await refreshGenerated(folder);
            expect(await judgeDrift(folder)).toEqual([]);
          }
          expect(contentsOf(folder)).toEqual(await fromNothing(folder));
        },
      ),
      { numRuns: 6, seed: 20_261_121 },
    );
  });
});

/** Changes of sources and of what was generated, each possible at any time. */
const CHANGES: readonly ((folder: string) => void)[] = [
  replacing("openapi/ward.yaml", /summary: Read (\w+) bed/, "summary: Read $1x bed"),
  replacing("openapi/ward.yaml", /maxItems: 1(\d*)/, "maxItems: 1$10"),
  replacing("openapi/ward.yaml", /description: The bed's (\w+)\./, "description: The bed's $1d."),
  replacing("openapi/ward.yaml", /operationId: sweep(\w*)/, "operationId: sweep$1x"),
  replacing("openapi/ward.yaml", /version: 1\.2\.(\d+)/, "version: 1.2.$11"),
  replacing("openapi/ward.yaml", /^/, "# a line\n"),
  replacing("openapi/ward.yaml", /\{ calls: "(.*)" \}/, '{ calls: "x$1" }'),
  replacing("openapi/ward.yaml", /x-apim-policies:\n {8}- rate-limit.*\n/, "x-apim-policies: []\n"),
  replacing("openapi/shared/schemas.yaml", /maxLength: 36/, "maxLength: 37"),
  replacing("openapi/shared/schemas.yaml", /maxLength: 37/, "maxLength: 36"),
  replacing("apim-policies/global.xml", /<inbound \/>/, '<inbound><ip-filter action="forbid" /></inbound>'),
  replacing("apim-policies/fragments/rate-limit.xml", /default="(\d+)"/, 'default="$10"'),
  replacing("apim-policies/products/nurse.xml", /calls="(\d+)"/, 'calls="$11"'),
  replacing("generated/ward/types.ts", /export/, "/* mine */ export"),
  replacing("generated/ledger.json", /"content": "./, '"content": "-'),
  (folder) => rmSync(join(folder, "generated", "ward/host.json"), { force: true }),
  (folder) => rmSync(join(folder, "generated", LEDGER), { force: true }),
  (folder) => writeProjectFile(folder, "generated/old/types.ts", ""),
];

function replacing(file: string, search: RegExp, replacement: string): (folder: string) => void {
  return (folder) => {
    if (!listFiles(folder).includes(file)) return;
    writeProjectFile(folder, file, readFileSync(join(folder, file), "utf8").replace(search, replacement));
  };
}
