import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readManifest } from "./manifest.ts";
import { synthCommand } from "./synth-command.ts";

const project = join(import.meta.dirname, "..");
let copy: string;

beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), "specimen-synth-"));
  await mkdir(join(copy, "generated"));
  for (const part of ["environments", "handlers", "generated/apim", "generated/manifest.json"])
    await symlink(join(project, part), join(copy, part));
});
afterEach(() => rm(copy, { recursive: true }));

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await synthCommand(args, {
    projectDirectory: copy,
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const written = (path: string) => readFile(join(copy, path), "utf8").catch(() => undefined);

test("stacks are written and checked; snapshot and diagram only when asked for", async () => {
  const { code, out, err } = await run("--environment", "prod");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^prod {2}synthesised in [\d.]+ s, checked in [\d.]+ s: nothing found$/m);
  expect(await written(".build/infra/prod/stacks/gateway/cdk.tf.json")).toContain("azurerm_api_management");
  expect(await written("infra/snapshots/prod.txt")).toBeUndefined();
  expect(await written("docs/network.md")).toBeUndefined();
});

test("the diagram is that of prod, as it is committed", async () => {
  expect((await run("--environment", "prod", "--write-diagram")).code).toBe(0);
  expect(await written("docs/network.md")).toBe(await readFile(join(project, "docs/network.md"), "utf8"));
});

test("a finding is printed, fails the command, and becomes neither a snapshot nor a diagram", async () => {
  const manifest = await readManifest(project);
  const text = JSON.stringify(manifest).replaceAll(
    '"operationId":"getPatient"',
    '"operationId":"readPatient"',
  );
  await rm(join(copy, "generated/manifest.json"));
  await writeFile(join(copy, "generated/manifest.json"), text);
  const { code, out, err } = await run("--environment", "prod", "--update-snapshots", "--write-diagram");
  expect(code).toBe(1);
  expect(out).toMatch(/^prod {2}synthesised .*: 1 finding$/m);
  expect(err.split("\n")).toEqual([
    'prod  gateway/azurerm_api_management_api_operation_policy.policy-patient-readPatient  contract  the API\'s import has no operation "readPatient"',
    "prod is not to be deployed: 1 finding.",
  ]);
  expect(await written("infra/snapshots/prod.txt")).toBeUndefined();
  expect(await written("docs/network.md")).toBeUndefined();
});

test.each([
  [["--environment", "moon"], "There is no environment moon; there are dev, prod, test."],
  [["--environment", "dev", "--write-diagram"], "The diagram shows prod, which is not among"],
  [["--snapshots"], "Unknown option '--snapshots'"],
])("%j is refused with the usage", async (args, reason) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toContain(reason);
  expect(err).toContain("Usage: npm run synth");
});
