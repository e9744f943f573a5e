import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, removeProjects, writeProjectFile } from "../fixtures/project.ts";
import { buildApps } from "./build-apps.ts";

afterAll(removeProjects);

const MANIFEST = JSON.stringify({
  apis: [
    {
      name: "ward",
      app: {
        entry: "handlers/ward/index.ts",
        bundle: ".build/apps/ward/index.cjs",
        hostJson: "ward/host.json",
      },
    },
  ],
});

const PROJECT = {
  "package-lock.json": "{}",
  "generated/manifest.json": MANIFEST,
  "generated/ward/host.json": '{ "version": "2.0" }',
  "handlers/ward/index.ts": 'import { beds } from "./beds.ts";\nexport const answer: number = beds + 1;\n',
  "handlers/ward/beds.ts": "export const beds = 41;\n",
};

const createApp = (files = {}): string => createProject({ ...PROJECT, ...files });
const build = (projectDirectory: string) => buildApps({ projectDirectory });
const bundleOf = (folder: string): string => join(folder, ".build/apps/ward/index.cjs");

describe("buildApps", () => {
  it("makes what is deployed: a bundle that runs, its map, its package and host.json", async () => {
    const folder = createApp();
    expect(await build(folder)).toEqual([
      { name: "ward", bundle: ".build/apps/ward/index.cjs", skipped: false },
    ]);
    const app: unknown = createRequire(import.meta.url)(bundleOf(folder));
    expect(app).toMatchObject({ answer: 42 });
    const beside = (name: string): string => readFileSync(join(folder, ".build/apps/ward", name), "utf8");
    expect(JSON.parse(beside("package.json"))).toMatchObject({ main: "index.cjs", type: "commonjs" });
    expect(beside("host.json")).toContain("2.0");
    expect(beside("index.cjs")).toContain("//# sourceMappingURL=index.cjs.map");
    expect(existsSync(join(folder, ".build/apps/ward/index.cjs.map"))).toBe(true);
  });

  it("leaves an unchanged app as it is", async () => {
    const folder = createApp();
    await build(folder);
    const written = statSync(bundleOf(folder)).mtimeMs;
    expect(await build(folder)).toMatchObject([{ skipped: true }]);
    expect(statSync(bundleOf(folder)).mtimeMs).toBe(written);
  });

  it.each([
    ["a file that it imports", "handlers/ward/beds.ts", "export const beds = 1;\n"],
    ["its host.json", "generated/ward/host.json", "{}"],
    ["a package", "package-lock.json", '{ "a": 1 }'],
  ])("builds again when %s has changed", async (_what, file, content) => {
    const folder = createApp();
    await build(folder);
    writeProjectFile(folder, file, content);
    expect(await build(folder)).toMatchObject([{ skipped: false }]);
  });

  it("builds again when the bundle is gone or the record is unreadable", async () => {
    const folder = createApp();
    await build(folder);
    rmSync(bundleOf(folder));
    expect(await build(folder)).toMatchObject([{ skipped: false }]);
    writeProjectFile(folder, ".build/apps/ward/inputs.json", "{}");
    expect(await build(folder)).toMatchObject([{ skipped: false }]);
  });

  it("builds elsewhere with other modules, and leaves the product's bundle as it is", async () => {
    const folder = createApp({ "handlers/ward/beds.ts": 'export { beds } from "./more.ts";\n' });
    writeProjectFile(folder, "handlers/ward/more.ts", "export const beds = 41;\n");
    await build(folder);
    const variant = (beds: string) =>
      buildApps({
        projectDirectory: folder,
        outputDirectory: join(folder, "elsewhere"),
        modules: { "handlers/ward/beds.ts": beds },
      });
    const bundle = join(folder, "elsewhere/ward/index.cjs");
    const text = 'import { beds as own } from "./more.ts";\nexport const beds: number = own * 2;\n';
    expect(await variant(text)).toEqual([{ name: "ward", bundle, skipped: false }]);
    expect(await variant(text)).toMatchObject([{ skipped: true }]);
    expect(createRequire(import.meta.url)(bundle)).toMatchObject({ answer: 83 });
    expect(await variant("export const beds = 0;")).toMatchObject([{ skipped: false }]);
    expect(await build(folder)).toMatchObject([{ skipped: true }]);
    expect(createRequire(import.meta.url)(bundleOf(folder))).toMatchObject({ answer: 42 });
  });

  it("leaves to the worker what the worker answers, and out what is not installed", async () => {
    const index =
      'require("@azure/functions-core");\ntry { require("kerberos"); } catch { /* optional */ }\nexport const a = 1;\n';
    const folder = createApp({ "handlers/ward/index.ts": index });
    await build(folder);
    expect(readFileSync(bundleOf(folder), "utf8")).toMatch(
      /require\("@azure\/functions-core"\)[^]*require\("kerberos"\)/,
    );
  });

  it("says which handlers are missing, at the lines of their operations, and how their files begin", async () => {
    const manifest = JSON.stringify({
      apis: [
        {
          ...(JSON.parse(MANIFEST) as { apis: object[] }).apis[0],
          operations: [{ operationId: "readBed" }, { operationId: "listBeds" }, { operationId: "sweep" }],
        },
      ],
    });
    const files = {
      "generated/manifest.json": manifest,
      "handlers/ward/index.ts": 'import "./read-bed.ts";',
      "handlers/ward/list-beds.ts": "",
    };
    await expect(build(createApp(files))).rejects.toThrow(
      new Error(
        [
          ["67", "readBed", "read-bed"],
          ["84", "sweep", "sweep"],
        ]
          .map(
            ([line, id, file]) =>
              `openapi/ward.yaml:${line}:7  error  handler/missing  ${id} has no handler. Write handlers/ward/${file}.ts, ` +
              `which begins: import type { Reply } from "../../generated/ward/types.ts"; ` +
              `import type { WardHandlers } from "./context.ts"; ` +
              `export const ${id}: WardHandlers["${id}"] = async (request, context): Promise<Reply<"${id}">> => {`,
          )
          .join("\n"),
      ),
    );
    const broken = { ...files, "openapi/ward.yaml": "openapi: [\n" };
    await expect(build(createApp(broken))).rejects.toThrow(
      /^openapi\/ward.yaml:1:1 {2}error .*readBed has no handler/,
    );
  });

  it.each([
    [
      "the manifest is missing",
      { "generated/manifest.json": null },
      "generated/manifest.json is missing. Run: npm run generate",
    ],
    [
      "the manifest is of another making",
      { "generated/manifest.json": '{"apis":[{}]}' },
      "Run: npm run generate",
    ],
    ["the entry is missing", { "handlers/ward/index.ts": null }, "handlers/ward/index.ts is missing"],
    ["an import is missing", { "handlers/ward/beds.ts": null }, 'Could not resolve "./beds.ts"'],
    [
      "a handler is no TypeScript",
      { "handlers/ward/beds.ts": "export const = 1;" },
      "handlers/ward/beds.ts:1:13",
    ],
  ])("says what to do when %s", async (_what, files, message) => {
    await expect(build(createApp(files))).rejects.toThrow(message);
  });
});
