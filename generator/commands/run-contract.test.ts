import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Finding } from "../finding.ts";
import { listFiles } from "../files.ts";
import { createProject, removeProjects, writeProjectFile } from "../fixtures/project.ts";
import { editSound, SOUND_PROJECT, type Edits } from "../rules/fixtures/sound-project.ts";
import type { Judges } from "../rules/judge-contract.ts";
import { contractCommand, runContract } from "./run-contract.ts";
import { runGenerate } from "./run-generate.ts";
import type { Command } from "./terminal.ts";

afterAll(removeProjects);

interface Ran {
  readonly code: number;
  readonly printed: string[];
  readonly failed: string[];
}

async function run(command: Command, projectDirectory: string, ...args: string[]): Promise<Ran> {
  const printed: string[] = [];
  const failed: string[] = [];
  const print = (text: string): void => void printed.push(...text.split("\n"));
  const fail = (text: string): void => void failed.push(...text.split("\n"));
  return { code: await command({ projectDirectory, args, print, fail }), printed, failed };
}

const template = createProject(SOUND_PROJECT);
beforeAll(async () => {
  expect(await run(runGenerate, template)).toMatchObject({ code: 0, failed: [] });
});

/** A sound project with its `generated/`. */
function createGenerated(): string {
  const folder = createProject(SOUND_PROJECT);
  cpSync(template, folder, { recursive: true });
  return folder;
}

const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(listFiles(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));

describe("contract, on real sources", () => {
  it("has nothing to say of sources that are sound and generated", async () => {
    const folder = createGenerated();
    expect(await run(runContract, folder)).toEqual({
      code: 0,
      printed: ["0 errors, 0 warnings, 0 notes"],
      failed: [],
    });
  });

  const faults: readonly [what: string, edits: Edits, finding: string][] = [
    [
      "a broken YAML",
      [["summary: List beds", "summary: List: beds"]],
      "openapi/ward.yaml:21:16  error  yaml/syntax",
    ],
    [
      "an unknown $ref",
      [['"#/components/schemas/BedCreate"', '"#/components/schemas/BedCreat"']],
      "openapi/ward.yaml:65:23  error  ref/unknown  openapi/ward.yaml has no /components/schemas/BedCreat",
    ],
    [
      "a cycle",
      [
        [
          "    BedPage:\n",
          '    BedA: { $ref: "#/components/schemas/BedB" }\n    BedB: { $ref: "#/components/schemas/BedA" }\n    BedPage:\n',
        ],
      ],
      "openapi/ward.yaml:171:13  error  ref/cycle  #/components/schemas/BedB leads back to itself",
    ],
    [
      "a duplicate operationId",
      [["operationId: createBed", "operationId: listBeds"]],
      "openapi/ward.yaml:54:7  error  contract/duplicate-operation-id  listBeds is taken by the operation of line 20",
    ],
    [
      "an unknown policy",
      [
        [
          "x-audit: { action: create, resource: bed, id: $new }\n      x-apim-policies:\n        - rate-limit:",
          "x-audit: { action: create, resource: bed, id: $new }\n      x-apim-policies:\n        - rate-limits:",
        ],
      ],
      "policy/unknown-fragment",
    ],
    [
      "an unknown parameter of a policy",
      [
        [
          "x-audit: { action: create, resource: bed, id: $new }\n      x-apim-policies:\n        - rate-limit: {",
          "x-audit: { action: create, resource: bed, id: $new }\n      x-apim-policies:\n        - rate-limit: { call: 1,",
        ],
      ],
      "policy/unknown-parameter",
    ],
    [
      "an x-audit that points nowhere",
      [
        [
          "action: read, resource: bed, id: $request.path.bedId",
          "action: read, resource: bed, id: $request.path.id",
        ],
      ],
      "audit/expression",
    ],
  ];

  it.each(faults)("says one thing of %s, and writes nothing", async (_what, edits, finding) => {
    const folder = createGenerated();
    writeProjectFile(folder, "openapi/ward.yaml", editSound(edits));
    const before = contentOf(folder);
    const { code, printed, failed } = await run(runContract, folder);
    expect([code, printed[0]]).toEqual([1, expect.stringContaining(finding)]);
    expect(printed).toEqual([
      expect.stringContaining(finding),
      expect.any(String),
      "1 error, 0 warnings, 0 notes",
    ]);
    expect(failed.at(-1)).toBe(
      "not judged, since the sources cannot be generated from: whether generated/ is stale",
    );
    expect(contentOf(folder)).toEqual(before);
  });

  it("says all that is wrong, whichever file is broken", async () => {
    const folder = createGenerated();
    writeProjectFile(folder, "openapi/ward.yaml", editSound([["summary: List beds", "summary: List: beds"]]));
    writeProjectFile(
      folder,
      "openapi/bay.yaml",
      editSound([
        ['BedPage" }', 'BedPages" }'],
        ['pattern: "^B-[0-9]$", maxLength: 5', 'pattern: "^B-[0-9]$"'],
      ]),
    );
    writeProjectFile(folder, "apim-policies/global.xml", "<policies><inbound></policies>");
    writeProjectFile(folder, "apim-policies/fragments/rate-limit.xml", "<macros />");
    const { code, printed } = await run(runContract, folder);
    expect(code).toBe(1);
    expect(printed.filter((line) => !line.startsWith(" "))).toEqual([
      expect.stringMatching(/^apim-policies\/fragments\/rate-limit\.xml:1:1 {2}error {2}policy\/fragment/),
      expect.stringMatching(/^apim-policies\/global\.xml:1:\d+ {2}error {2}xml\/syntax/),
      expect.stringMatching(/^openapi\/bay\.yaml:47:25 {2}error {2}ref\/unknown/),
      expect.stringMatching(/^openapi\/bay\.yaml:156:9 {2}error {2}lint\/limit-strings/),
      expect.stringMatching(/^openapi\/ward\.yaml:21:\d+ {2}error {2}yaml\/syntax/),
      "5 errors, 0 warnings, 0 notes",
    ]);
  });
});

const finding = (more: Partial<Finding> = {}): Finding => ({
  file: "openapi/ward.yaml",
  line: 12,
  column: 5,
  severity: "error",
  rule: "ref/unknown",
  message: "there is none",
  ...more,
});

const judges = (more: Partial<Judges> = {}): Judges => ({
  sources: () => [],
  lint: () => Promise.resolve([]),
  drift: () => Promise.resolve([]),
  change: () => Promise.resolve({ findings: [], changelog: "# Changes\n" }),
  ...more,
});

describe("contract", () => {
  it("hears every judge", async () => {
    const command = contractCommand(
      judges({
        sources: () => [finding({ severity: "warning", rule: "apim/operation-count" })],
        lint: () => Promise.resolve([finding({ rule: "lint/limit-strings" })]),
        drift: () => Promise.resolve([finding({ rule: "drift/stale" })]),
        change: (_folder, base) =>
          Promise.resolve({
            findings: [finding({ rule: "breaking/unproved", message: base })],
            changelog: "",
          }),
      }),
    );
    const { code, printed } = await run(command, createProject(), "--base", "v1");
    expect(code).toBe(1);
    expect(printed.filter((line) => !line.startsWith(" "))).toEqual([
      expect.stringContaining("apim/operation-count"),
      expect.stringContaining("breaking/unproved  v1"),
      expect.stringContaining("drift/stale"),
      expect.stringContaining("lint/limit-strings"),
      "3 errors, 1 warning, 0 notes",
    ]);
  });

  it("passes with warnings and notes", async () => {
    const lint = (): Promise<Finding[]> =>
      Promise.resolve([finding({ severity: "warning" }), finding({ severity: "note", line: 1 })]);
    expect((await run(contractCommand(judges({ lint })), createProject())).code).toBe(0);
  });

  it("says what it could not judge, and what it could all the same", async () => {
    const command = contractCommand(
      judges({
        sources: () => [finding()],
        lint: () => Promise.resolve([finding({ rule: "lint/limit-strings" })]),
        drift: () => Promise.reject(new Error("must not be asked")),
        change: () => Promise.reject(new Error("must not be asked")),
      }),
    );
    expect(await run(command, createProject(), "--base", "main")).toEqual({
      code: 1,
      printed: expect.arrayContaining([
        expect.stringContaining("lint/limit-strings"),
        "2 errors, 0 warnings, 0 notes",
      ]),
      failed: [
        "not judged, since the sources cannot be generated from: whether generated/ is stale",
        "not judged, since the sources cannot be generated from: the change since main",
      ],
    });
  });

  it.each(["lint", "drift", "change"] as const)(
    "has no verdict when %s cannot judge, and hides no other",
    async (name) => {
      const command = contractCommand(
        judges({
          sources: () => [finding({ severity: "warning" })],
          [name]: () => Promise.reject(new Error("there is no commit v9")),
        }),
      );
      const { code, printed, failed } = await run(command, createProject(), "--base", "v9");
      expect([code, printed.at(-1)]).toEqual([2, "0 errors, 1 warning, 0 notes"]);
      expect(failed).toEqual([expect.stringContaining("there is no commit v9")]);
    },
  );

  it("writes the report and the changelog where it is told to", async () => {
    const folder = createProject();
    const args = [
      "--base",
      "main",
      "--format",
      "sarif",
      "--output",
      "report.sarif",
      "--changelog",
      "changes.md",
    ];
    expect(await run(contractCommand(judges()), folder, ...args)).toEqual({
      code: 0,
      printed: ["report.sarif: 0 errors, 0 warnings, 0 notes"],
      failed: [],
    });
    expect(JSON.parse(readFileSync(join(folder, "report.sarif"), "utf8"))).toMatchObject({
      version: "2.1.0",
    });
    expect(readFileSync(join(folder, "changes.md"), "utf8")).toBe("# Changes\n");
  });

  it("says where it could not write", async () => {
    const { code, failed } = await run(
      contractCommand(judges()),
      createProject(),
      "--output",
      "no/where.txt",
    );
    expect([code, failed]).toEqual([2, [expect.stringContaining("no/where.txt")]]);
  });

  it("writes no changelog when the change was not judged", async () => {
    const folder = createProject();
    const command = contractCommand(judges({ sources: () => [finding()] }));
    await run(command, folder, "--base", "main", "--changelog", "changes.md");
    expect(listFiles(folder)).not.toContain("changes.md");
  });

  it.each([
    [["--format", "html"], "there is no format html"],
    [["--format"], "--format"],
    [["--changelog", "changes.md"], "--changelog needs --base"],
    [["--bass", "main"], "--bass"],
    [["main"], "main"],
  ])("explains itself when it is called with %j", async (args, message) => {
    const { code, printed, failed } = await run(contractCommand(judges()), createProject(), ...args);
    expect([code, printed]).toEqual([2, []]);
    expect(failed[0]).toContain(message);
    expect(failed.join("\n")).toContain("exit codes: 0 no error, 1 an error, 2 no verdict");
  });
});

describe("without echoes", () => {
  it("does not call a component unused that a mistyped reference meant", async () => {
    const command = contractCommand(
      judges({
        sources: () => [finding()],
        lint: () => Promise.resolve([finding({ rule: "lint/no-unused-components", line: 99 })]),
      }),
    );
    expect((await run(command, createProject())).printed.at(-1)).toBe("1 error, 0 warnings, 0 notes");
  });

  it("does not repeat at a line what the generator said of it", async () => {
    const lint = [
      finding({ rule: "lint/no-ambiguous-paths" }),
      finding({ rule: "lint/no-ambiguous-paths", line: 13 }),
    ];
    const command = contractCommand(
      judges({
        sources: () => [finding({ rule: "apim/duplicate-signature" })],
        lint: () => Promise.resolve(lint),
      }),
    );
    expect((await run(command, createProject())).printed.at(-1)).toBe("2 errors, 0 warnings, 0 notes");
  });
});
